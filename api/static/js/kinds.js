/** The kinds of items in the order in which people read them, with their words. */

/** @type {Record<string, string>} */
export const HEADINGS = {
  scope: "Scope",
  exclusion: "Exclusions",
  dependency: "Dependencies",
  success_metric: "Success metrics",
  milestone: "Milestones",
  obligation: "Obligations",
  open_question: "Open questions",
  stakeholder: "People",
};

/** @type {Record<string, string>} */
export const ONE = {
  scope: "scope",
  exclusion: "exclusion",
  dependency: "dependency",
  success_metric: "success metric",
  milestone: "milestone",
  obligation: "obligation",
  open_question: "open question",
  stakeholder: "person",
};

/** Which fields each kind is asked for beside its text. @type {Record<string, string[]>} */
export const FIELDS = {
  scope: [],
  exclusion: [],
  dependency: ["owner", "due"],
  success_metric: ["baseline", "target", "due"],
  milestone: ["due"],
  obligation: ["owner", "due"],
  open_question: ["owner"],
};

/** How strong the words are that an item rests on. @type {Record<string, {label: string, tone: string}>} */
export const BASES = {
  signed_sow: { label: "Signed SOW", tone: "good" },
  written_promise: { label: "Written promise", tone: "good" },
  sales_note: { label: "Sales note", tone: "accent" },
  inferred: { label: "Inferred", tone: "warn" },
  precedent: { label: "From a past SOW", tone: "note" },
};

/** What stands in writing and is a question, no promise. */
export const ASKED = { label: "Asked in writing", tone: "" };

/** @type {Record<string, {label: string, icon: string}>} */
export const VERDICTS = {
  undecided: { label: "To decide", icon: "circle" },
  accepted: { label: "Accepted", icon: "check" },
  edited: { label: "Edited", icon: "pencil" },
  rejected: { label: "Rejected", icon: "cross" },
  needs_info: { label: "Needs info", icon: "question" },
  added: { label: "Added", icon: "plus" },
};

export const REASONS = ["Not in scope", "Superseded", "Wrong", "Duplicate", "Belongs to another deal"];
