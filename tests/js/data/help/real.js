/** The real server, for the tests that talk to it, and browsers with a cookie jar. */

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** @import { Fetch } from "./phone.js" */

const ROOT = new URL("../../../../", import.meta.url);

/** @returns {Promise<{base: string, stop: () => Promise<void>}>} */
export async function startServer() {
  const python = fileURLToPath(new URL(".venv/bin/python", ROOT));
  const script = fileURLToPath(new URL("serve.py", import.meta.url));
  const child = spawn(python, [script], { stdio: "pipe" });
  let said = "";
  child.stderr.on("data", (text) => {
    said = (said + text).slice(-500);
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const port = await Promise.race([
    new Promise((resolve) => child.stdout.once("data", (text) => resolve(String(text).trim()))),
    ended.then(() => Promise.reject(new Error(`The server did not start: ${said}`))),
  ]);
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  return { base: `http://127.0.0.1:${port}`, stop };
}

export class Browser {
  /** @type {Map<string, string>} */
  cookies = new Map();

  /** @param {string} base */
  constructor(base) {
    this.base = base;
  }

  /** @type {Fetch} */
  fetch = async (path, init) => {
    const cookie = [...this.cookies].map((pair) => pair.join("=")).join("; ");
    const headers = { ...init.headers, Cookie: cookie, Origin: this.base };
    const answer = await fetch(this.base + path, { ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/expires=Thu, 01 Jan 1970|max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  };

  /** @param {"register" | "login"} form @param {string} email */
  async sign(form, email) {
    const session = await (await this.fetch("/api/session", {})).json();
    const body = new URLSearchParams({
      email,
      password: "three flat tyres again",
      csrf_token: session.csrf_token,
    });
    await this.fetch(`/accounts/${form}`, { method: "POST", body, redirect: "manual" });
  }
}
