// What a page cannot do by itself: count down, keep the focus, and show what fits a choice.
// Without it every page works; it only has to be asked.
(() => {
  "use strict";
  const words = document.documentElement.dataset;

  const left = (seconds) => {
    if (seconds <= 0) return words.over;
    const minutes = Math.floor(seconds / 60);
    return minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
  };

  const countDown = () => {
    document.querySelectorAll("[data-until]").forEach((clock) => {
      const seconds = Math.max(0, Math.round((Date.parse(clock.dataset.until) - Date.now()) / 1000));
      clock.textContent = left(seconds);
      const bar = document.getElementById(clock.dataset.bar || "");
      if (bar) bar.value = seconds;
      if (!seconds) document.querySelectorAll("[data-when-over]").forEach((told) => (told.hidden = false));
    });
  };

  const focusOnErrors = () => {
    const summary = document.getElementById("errors");
    if (!summary) return;
    summary.querySelectorAll("li a[href^='#']").forEach((link) => {
      const id = link.hash.slice(1);
      const label = document.querySelector(`label[for="${id}"], #${CSS.escape(id)} > legend`);
      const field = document.getElementById(id);
      const name = label ? label.firstChild.textContent.trim() : field && field.getAttribute("aria-label");
      if (name) link.prepend(`${name} – `);
      if (!field) link.replaceWith(link.textContent); // nothing on the page to go to
    });
    summary.focus();
  };

  // What renews itself must not take away what somebody is using, or has unfolded.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const list = event.detail.target;
    const unfolded = list.querySelector("details[open]:not([data-open])");
    const isInUse = list.contains(document.activeElement) || unfolded;
    if ((event.target.matches("[data-live]") && isInUse) || document.hidden) event.preventDefault();
  });

  // What the page asks for by itself and does not get must not look as if nothing had happened.
  const notice = (text, address, name) => {
    const told = document.getElementById("away");
    if (!told || told.dataset.told === text) return;
    told.dataset.told = text;
    told.textContent = text;
    told.classList.toggle("note", Boolean(text));
    if (!address) return;
    const link = document.createElement("a");
    link.href = address;
    link.textContent = name;
    told.append(" ", link);
  };

  document.addEventListener("htmx:sendError", () => notice(words.away));
  document.addEventListener("htmx:timeout", () => notice(words.away));
  document.addEventListener("htmx:responseError", (event) => {
    const isOut = event.detail.xhr.status === 401;
    isOut ? notice(words.out, words.login, words.enter) : notice(words.away);
  });
  document.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.xhr.status < 400) notice("");
  });

  document.addEventListener("change", (event) => {
    if (event.target.form) showFitting(event.target.form);
  });

  // A field that fits only one choice is shown with it.
  const showFitting = (form) => {
    form.querySelectorAll("[data-fits]").forEach((part) => {
      const [name, value] = part.dataset.fits.split("=");
      part.hidden = new FormData(form).get(name) !== value;
    });
  };

  document.querySelectorAll("form").forEach(showFitting);
  focusOnErrors();
  if (document.querySelector("[data-until]")) {
    countDown();
    setInterval(countDown, 1000);
  }
})();
