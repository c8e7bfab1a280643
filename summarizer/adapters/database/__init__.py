"""The store on PostgreSQL: tables, migrations, and one module for each aggregate."""
