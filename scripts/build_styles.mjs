// Compiles the styles and lays the few files that a page needs beside them.
// Read by `make styles`; what it writes is ignored by git and shipped inside the wheel.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as sass from "sass";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const design = join(root, "standdown", "design");
const out = join(design, "static", "design");
const govuk = join(modules, "govuk-frontend");
const face = join(modules, "@fontsource-variable", "atkinson-hyperlegible-next");

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "fonts"), { recursive: true });

const sheet = (name) =>
  sass.compile(join(design, "styles", name), { loadPaths: [modules], style: "compressed", quietDeps: true }).css;
// Every browser that we serve knows custom properties and inherits smoothing; saying both at every rule doubles the sheet.
const css = sheet("standdown.scss")
  .replace(/var\((--govuk-[a-z-]+-colour), ?[^()]+\)/g, "var($1)")
  .replace(/@media print\{[^{}]+\{font-family:var\(--sd-face\)\}\}/g, "")
  .replace(/font-family:var\(--sd-face\);-webkit-font-smoothing:antialiased;-moz-osx-font-smoothing:grayscale/g, (rule, at, all) =>
    all.slice(Math.max(0, at - 22), at).includes("govuk-template__body{") ? rule : "font-family:var(--sd-face)",
  );
const care = sheet("care_pages.scss");
writeFileSync(join(out, "standdown.css"), css);
writeFileSync(join(out, "care.css"), care);

for (const subset of ["latin", "latin-ext"]) {
  const name = `atkinson-hyperlegible-next-${subset}`;
  copyFileSync(join(face, "files", `${name}-wght-normal.woff2`), join(out, "fonts", `${name}.woff2`));
}
copyFileSync(join(face, "LICENSE"), join(out, "fonts", "LICENSE.txt"));

// The version is part of the name, so that a browser never runs yesterday's file with today's pages.
const { version } = JSON.parse(readFileSync(join(govuk, "package.json"), "utf8"));
const library = readFileSync(join(govuk, "dist", "govuk", "govuk-frontend.min.js"), "utf8");
writeFileSync(join(out, `govuk-frontend-${version}.min.js`), library.replace(/\/\/# sourceMappingURL=.*\s*$/, "\n"));
const script = readFileSync(join(design, "assets", "standdown.js"), "utf8");
if (!script.includes(`./govuk-frontend-${version}.min.js`)) {
  throw new Error(`standdown.js names another version of govuk-frontend than the installed ${version}`);
}
writeFileSync(join(out, "standdown.js"), script);
copyFileSync(join(design, "assets", "mark.svg"), join(out, "mark.svg"));

const kilobytes = (text) => `${(gzipSync(text, { level: 9 }).length / 1000).toFixed(1)} kB`;
console.log(`styles: ${kilobytes(css)} compressed, on pages of care ${kilobytes(care)} more; scripts: ${kilobytes(library + script)} compressed`);
