/** The one way to the JSON interface. */

/** What went wrong, in words that a person can act on. */
export class Problem extends Error {
  /** @param {{type?: string, title?: string, detail?: string, remedy?: string, status?: number, errors?: {detail: string, pointer: string}[], current?: string}} body */
  constructor(body) {
    super(body.title);
    this.type = (body.type ?? "").replace("/problems/", "");
    this.title = body.title ?? "Something went wrong";
    this.detail = body.detail ?? "";
    this.remedy = body.remedy ?? "";
    this.status = body.status ?? 0;
    this.errors = body.errors ?? [];
  }

  /** Whether the same request may succeed when it is sent again. */
  get passing() {
    return this.status === 0 || this.status >= 500 || this.status === 429;
  }
}

const UNREACHABLE = {
  type: "unreachable",
  title: "The server cannot be reached",
  detail: "Nothing was lost: what you wrote is still on this page.",
  remedy: "Check the connection and that the server runs, then try again.",
};

/**
 * @typedef {object} Answer
 * @property {any} data
 * @property {string|null} etag
 * @property {string|null} location
 * @property {number} status
 */

/**
 * Call the interface. Throws a Problem.
 * @param {string} method
 * @param {string} url
 * @param {{body?: any, etag?: string|null, key?: string}} [options] `key` is the idempotency key: a fresh one for each
 *   action of the user, the same one when that action is sent again; `body` is JSON, or FormData as it is
 * @returns {Promise<Answer>}
 */
export async function call(method, url, { body, etag, key } = {}) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" };
  if (body !== undefined && !(body instanceof FormData)) headers["Content-Type"] = "application/json";
  if (etag) headers["If-Match"] = etag;
  if (method === "POST") headers["Idempotency-Key"] = key ?? crypto.randomUUID();
  const payload = body === undefined || body instanceof FormData ? body : JSON.stringify(body);
  let response, text;
  try {
    response = await fetch(url, { method, headers, body: payload, cache: "no-store" });
    text = await response.text();
  } catch {
    throw new Problem(UNREACHABLE);
  }
  const data = parsed(text);
  if (!response.ok) throw new Problem({ title: response.statusText, ...(data ?? {}), status: response.status });
  return {
    data,
    etag: response.headers.get("ETag"),
    location: response.headers.get("Location"),
    status: response.status,
  };
}

/** @param {string} text @returns {any} `null` when it is no JSON */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * An action of the user that can be sent again with the same key until it has an answer.
 * @param {string} method
 * @param {string} url
 * @returns {(body?: any) => Promise<Answer>} a changed body counts as a new action
 */
export function action(method, url) {
  let key = crypto.randomUUID();
  let sent = "";
  return async (body) => {
    const shape = body instanceof FormData ? "" : JSON.stringify(body ?? null);
    if (sent && shape !== sent) key = crypto.randomUUID();
    sent = shape;
    try {
      const answer = await call(method, url, { body, key });
      key = crypto.randomUUID();
      return answer;
    } catch (problem) {
      if (!(/** @type {Problem} */ (problem).passing)) key = crypto.randomUUID();
      throw problem;
    }
  };
}
