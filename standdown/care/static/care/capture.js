// A record that finds no signal waits on the device until it can be sent, and nothing of it can be read there: it is
// sealed with a key that no script can take out, holds codes, ticks and a time, and no name. Sent, it is wiped with its
// key. The same record sent twice is one, because its key was made here. Without this file the form works as a form.

const NAME = "standdown-capture";
const SECONDS = 8;
const banner = document.querySelector("[data-unsent]");
const form = document.querySelector("form[data-capture]");

const settled = (asked) =>
  new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });

// -- the device's own store -------------------------------------------------------------------------------------------

const opened = () => {
  const asked = indexedDB.open(NAME, 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("waiting");
    asked.result.createObjectStore("lock");
  };
  return settled(asked);
};

const inStore = async (store, mode, work) => {
  const database = await opened();
  try {
    return await settled(work(database.transaction(store, mode).objectStore(store)));
  } finally {
    database.close();
  }
};

const lock = async () => {
  const found = await inStore("lock", "readonly", (store) => store.get("key"));
  if (found) return found;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await inStore("lock", "readwrite", (store) => store.put(made, "key"));
  return made;
};

const keep = async (key, entry) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(entry));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await lock(), plain);
  await inStore("waiting", "readwrite", (store) => store.put({ iv, sealed }, key));
};

const unsealed = async ({ iv, sealed }) =>
  JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await lock(), sealed)));

const waiting = () => inStore("waiting", "readonly", (store) => store.getAllKeys());

const wipe = async (key) => {
  await inStore("waiting", "readwrite", (store) => store.delete(key));
  if (!(await waiting()).length) await settled(indexedDB.deleteDatabase(NAME));
};

// -- sending ----------------------------------------------------------------------------------------------------------

const ask = (address, more = {}) =>
  fetch(address, {
    redirect: "manual",
    cache: "no-store",
    credentials: "same-origin",
    signal: AbortSignal.timeout(SECONDS * 1000),
    ...more,
  });

// What came of it: "sent", "refused" (a rule says no), "gone" (no longer theirs), "sign-in", "other" (recorded by
// somebody else who signed in here), or "later".
const send = async (entry, { late }) => {
  const ready = await ask(banner.dataset.ready);
  if (ready.type === "opaqueredirect") return { came: "sign-in" };
  if (!ready.ok) return { came: "later" };
  const { token, who } = await ready.json();
  if (who !== entry.who) return { came: "other" };
  const body = new URLSearchParams(entry.fields);
  if (late) body.set("held_at", entry.at);
  const answer = await ask(entry.to, { method: "POST", body, headers: { "X-CSRFToken": token } });
  if (answer.type === "opaqueredirect") return { came: "sign-in" };
  if (answer.status === 200) return { came: "sent", next: (await answer.json()).next };
  if (answer.status === 422) return { came: "refused", words: (await answer.json()).words };
  return { came: answer.status === 404 ? "gone" : "later" };
};

const tried = async (entry, how) => {
  try {
    return await send(entry, how);
  } catch {
    return { came: "later" };
  }
};

// -- what the page says -----------------------------------------------------------------------------------------------

const say = (count, outcome) => {
  banner.hidden = !count && outcome?.came !== "refused";
  const { one, many } = banner.dataset;
  banner.querySelector("[data-count]").textContent = count === 1 ? one : many.replace("{n}", count);
  banner.querySelector("[data-count]").hidden = !count;
  for (const note of banner.querySelectorAll("[data-when]")) note.hidden = note.dataset.when !== outcome?.came;
  if (outcome?.words) banner.querySelector("[data-words]").textContent = outcome.words;
};

const flush = async () => {
  const known = (await indexedDB.databases?.())?.some(({ name }) => name === NAME) ?? true;
  if (!known) return;
  let last, next;
  const keys = await waiting();
  let left = keys.length;
  if (!left) await settled(indexedDB.deleteDatabase(NAME));
  for (const key of keys) {
    const sealed = await inStore("waiting", "readonly", (store) => store.get(key));
    if (!sealed) {
      left -= 1;
      continue;
    }
    const outcome = await tried(await unsealed(sealed), { late: true });
    if (outcome.came === "sent" || outcome.came === "refused") {
      await wipe(key);
      left -= 1;
    }
    if (outcome.came === "sent") next = outcome.next;
    else last = outcome;
  }
  say(left, last);
  if (!left && next && (!form || form.hidden)) location.assign(next); // not while another card is being read
};

// One at a time, also where two pages are open.
let alone = Promise.resolve();
const inTurn = (work) => {
  const locked = () => (navigator.locks ? navigator.locks.request(NAME, work) : work());
  alone = alone.then(locked, locked);
  return alone;
};

// -- the form on this page --------------------------------------------------------------------------------------------

const asForm = (button) => {
  const hidden = document.createElement("input");
  Object.assign(hidden, { type: "hidden", name: button.name, value: button.value });
  form.append(hidden);
  form.submit();
};

const recorded = async (button) => {
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  fields.push([button.name, button.value]);
  const entry = { to: form.dataset.capture, who: banner.dataset.who, at: new Date().toISOString(), fields };
  const key = form.elements.namedItem("capture_key").value;
  try {
    await keep(key, entry);
  } catch {
    asForm(button); // a private window keeps nothing
    return;
  }
  const outcome = await tried(entry, { late: false });
  if (outcome.came === "sent") {
    await wipe(key);
    location.assign(outcome.next);
  } else if (outcome.came === "refused") {
    await wipe(key);
    asForm(button);
  } else {
    form.hidden = true;
    say((await waiting()).length, outcome);
    banner.focus();
  }
};

const fresh = () => {
  form.elements.namedItem("capture_key").value = crypto.randomUUID();
};

if (banner && window.indexedDB && window.crypto?.subtle) {
  if (form) {
    fresh();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const button = event.submitter;
      inTurn(() => recorded(button));
    });
  }
  const again = () => inTurn(flush).catch(() => {});
  banner.querySelector("[data-remove]").addEventListener("click", async () => {
    await inTurn(() => settled(indexedDB.deleteDatabase(NAME)));
    say(0);
  });
  addEventListener("online", again);
  addEventListener("pageshow", (event) => {
    if (event.persisted && form) fresh();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") again();
  });
  again();
}
