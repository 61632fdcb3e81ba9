// The screens where there is no routine, or not here.
import { html } from "lit";

/** Shown for a moment, while the phone reads its own copy of the plan. */
export function loading() {
  return html`<div class="page"><p>Getting the routine …</p></div>`;
}

/** @param {() => void} look */
export function elsewhere(look) {
  return html`
    <article class="page stack">
      <h1 tabindex="-1">This routine goes on elsewhere</h1>
      <p class="lead">It was taken up in another tab or window. Nothing you did is lost.</p>
      <p><button type="button" class="button" @click=${look}>See how it stands</button></p>
    </article>
  `;
}

/** What a routine that is not the plan's is called in an address: a link's, or an entry's id. */
export const OWN = /^(shared|[0-9a-f-]{36})$/;

/** @param {string} slug */
export function unknown(slug) {
  if (OWN.test(slug)) return notHere;
  return html`
    <article class="page stack">
      <h1 tabindex="-1">There is no routine of that name</h1>
      <p class="lead">We looked for “${slug}” and found a gap in the floorboards.</p>
      <p><a class="button" href="/routines/">See all routines</a></p>
    </article>
  `;
}

/** A routine of a rider's own, which only the phone knows. */
const notHere = html`
  <article class="page stack">
    <h1 tabindex="-1">This routine is not on this phone</h1>
    <p class="lead">
      It may belong to another account, be deleted, or still be on its way from another device. If
      it is in your list, the list says why it cannot be started.
    </p>
    <p><a class="button" href="/routines/mine">My routines</a></p>
  </article>
`;

/** @param {() => void} retry */
export function unreadable(retry) {
  return html`
    <article class="page stack">
      <h1 tabindex="-1">The plan is not on this phone yet</h1>
      <p class="lead">It needs a signal once. After that it is here for good.</p>
      <p><button type="button" class="button" @click=${retry}>Try again</button></p>
      <p><a href="/routines/">Back to all routines</a></p>
    </article>
  `;
}

/** Where the screens of a routine that was begun cannot be had. @param {() => void} retry */
export function unfetched(retry) {
  return html`
    <article class="page stack">
      <h1 tabindex="-1">One thing is missing</h1>
      <p class="lead">
        What you did is kept on this phone. The form that logs it has not come through yet: it needs
        a signal once.
      </p>
      <p><button type="button" class="button" @click=${retry}>Try again</button></p>
    </article>
  `;
}
