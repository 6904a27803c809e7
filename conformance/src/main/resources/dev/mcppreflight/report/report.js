
"use strict";
(() => {
  const form = document.querySelector("form.filters");
  const search = document.getElementById("search");
  const shown = document.getElementById("shown");
  const nothing = document.querySelector(".no-match");
  const features = [...document.querySelectorAll("details.feature")];
  const checks = features.map((feature) =>
    [...feature.querySelectorAll("details.check")].map((element) => ({
      element,
      outcome: element.dataset.outcome,
      words: (element.querySelector("summary").textContent + " " + feature.querySelector("h3").textContent).toLowerCase(),
    })));
  const initially = features.map((feature) => feature.open);

  const filter = () => {
    const wanted = new Set([...form.querySelectorAll("input:checked")].map((box) => box.value));
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const all = wanted.size === form.querySelectorAll("input[type=checkbox]").length && words.length === 0;
    let count = 0;
    features.forEach((feature, i) => {
      let visible = 0;
      checks[i].forEach((check) => {
        const fits = wanted.has(check.outcome) && words.every((word) => check.words.includes(word));
        check.element.hidden = !fits;
        visible += fits ? 1 : 0;
      });
      feature.hidden = visible === 0;
      feature.open = all ? initially[i] : true;
      count += visible;
    });
    shown.textContent = shown.dataset.some.replace("#", count);
    nothing.hidden = count > 0;
  };

  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let around = target || null; around; around = around.parentElement) {
      if (around.tagName === "DETAILS") around.open = true;
    }
    if (target) target.scrollIntoView();
  };

  // On paper nothing can be opened: the findings are printed whole, the rest by its name.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.feature, details.check.failed, details.check.warned")]
      .filter((element) => !element.open);
    opened.forEach((element) => { element.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((element) => { element.open = false; }));

  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", reveal);
  filter();
  reveal();
})();
