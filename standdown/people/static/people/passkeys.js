// Passkeys: the browser makes or shows one, and the form that asked for it carries the answer to the server.
// A form says what it wants with data-passkey ("make" or "use"), and with data-options (or data-options-from, an
// address that gives them). Without this file its password neighbour does the work.

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const withBytes = (keys) => (keys ?? []).map((key) => ({ ...key, id: toBytes(key.id) }));

const forBrowser = ({ publicKey }) => {
  const wanted = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (publicKey.user) wanted.user = { ...publicKey.user, id: toBytes(publicKey.user.id) };
  if (publicKey.excludeCredentials) wanted.excludeCredentials = withBytes(publicKey.excludeCredentials);
  if (publicKey.allowCredentials) wanted.allowCredentials = withBytes(publicKey.allowCredentials);
  return { publicKey: wanted };
};

const BYTES = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

const forServer = (credential) => {
  const response = {};
  for (const name of BYTES) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
};

const optionsOf = async (form) => {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return (await answer.json()).request_options;
};

const ask = async (form) => {
  const wanted = forBrowser(await optionsOf(form));
  const keys = navigator.credentials;
  const credential = await (form.dataset.passkey === "make" ? keys.create(wanted) : keys.get(wanted));
  form.elements.namedItem("credential").value = forServer(credential);
  form.submit();
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  const problem = form.querySelector("[data-problem]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    problem.hidden = true;
    ask(form).catch(() => {
      problem.hidden = false;
    });
  });
}
for (const note of document.querySelectorAll("[data-without-passkeys]")) {
  note.hidden = Boolean(window.PublicKeyCredential);
}
