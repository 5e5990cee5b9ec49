// What the page does in the browser beyond links and forms: sliders that sum, picking for comparison, copying a link.
(() => {
  "use strict";
  const said = document.getElementById("said");
  const say = (text) => { said.textContent = ""; setTimeout(() => { said.textContent = text; }, 30); };

  // On a phone the list comes first; the weights open when asked for.
  const weights = document.querySelector(".weights");
  if (weights && matchMedia("(max-width: 58rem)").matches) weights.open = false;

  // Sliders of one facet share 100 %: the one that moves keeps its value, the others give way in proportion.
  const sliders = (box) => [...box.querySelectorAll('input[type="range"]')];
  const show = (input) => { const out = input.closest(".slider").querySelector("output"); if (out) out.textContent = `${input.value} %`; };
  const balance = (box, moved) => {
    const others = sliders(box).filter((input) => input !== moved);
    const taken = others.reduce((sum, input) => sum + Number(input.value), 0);
    const room = 100 - Number(moved.value);
    if (taken > room) {
      let left = room;
      others.forEach((input, at) => {
        const share = at === others.length - 1 ? left : Math.min(left, Math.round(Number(input.value) * room / taken));
        input.value = Number(input.value) === 0 && at !== others.length - 1 ? 0 : share;
        left -= Number(input.value);
        show(input);
      });
    }
  };
  // Weights are always shared out whole: what one gains or loses, the others give or get.
  const shareOut = (box, moved) => {
    const others = sliders(box).filter((input) => input !== moved);
    const taken = others.reduce((sum, input) => sum + Number(input.value), 0);
    moved.value = Math.min(Number(moved.value), Number(box.dataset.whole));
    let left = Number(box.dataset.whole) - Number(moved.value);
    const room = left;
    others.forEach((input, at) => {
      const part = taken ? Number(input.value) * room / taken : room / others.length;
      input.value = at === others.length - 1 ? left : Math.min(left, Math.round(part));
      left -= Number(input.value);
      show(input);
    });
  };
  const total = (box) => {
    const out = box.querySelector(".total output");
    if (out) { const sum = sliders(box).reduce((all, input) => all + Number(input.value), 0); out.textContent = sum ? `Σ ${sum} %` : ""; }
  };
  document.querySelectorAll("[data-sum]").forEach(total);
  document.addEventListener("input", (event) => {
    if (event.target.type !== "range") return;
    const box = event.target.closest("[data-sum]");
    if (box) { balance(box, event.target); total(box); }
    const weighed = event.target.closest("[data-whole]");
    if (weighed) shareOut(weighed, event.target);
    show(event.target);
  });

  // A form that is under way is not sent twice; it is ready again when the reader comes back.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (form.classList.contains("sent")) { event.preventDefault(); return; }
    form.classList.add("sent");
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form.sent").forEach((form) => form.classList.remove("sent")));

  // Whoever rejects says why.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-decide]");
    if (form && event.target.name === "state") form.elements.reason.required = event.target.value === "rejected";
  });
  document.querySelectorAll("[data-decide]").forEach((form) => { form.elements.reason.required = form.elements.state.value === "rejected"; });

  // Two to four creators can be compared.
  const picked = () => {
    const button = document.querySelector("[data-picked]");
    if (!button) return;
    const boxes = [...document.querySelectorAll('#pick input[name="id"]')];
    const n = boxes.filter((box) => box.checked).length;
    button.disabled = n < 2;
    button.querySelector("[data-count]").textContent = n ? `(${n})` : "";
    boxes.forEach((box) => { box.disabled = n >= 4 && !box.checked; });
  };
  document.addEventListener("change", (event) => { if (event.target.name === "id") picked(); });
  document.addEventListener("htmx:afterSwap", picked);
  picked();

  document.addEventListener("click", (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) navigator.clipboard.writeText(new URL(copy.dataset.copy, location.href).href).then(() => say(said.dataset.copied), () => say(said.dataset.failed));
    if (event.target.closest("[data-print]")) window.print();
    document.querySelectorAll(".menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  // What is to be known of a list is printed with it.
  const closed = () => [...document.querySelectorAll("details.notice:not([open])")];
  let opened = [];
  window.addEventListener("beforeprint", () => { opened = closed(); opened.forEach((notice) => { notice.open = true; }); });
  window.addEventListener("afterprint", () => opened.forEach((notice) => { notice.open = false; }));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".menu[open]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, () => say(said.dataset.failed)));
  document.getElementById("problems")?.focus();
})();
