"use strict";
/* Keys and small comforts; every page works without it. */
(() => {
  const findings = [...document.querySelectorAll("article.finding")];
  let at = -1;
  const typing = (node) => node.matches("input, textarea, select, [contenteditable]");
  const go = (step) => {
    if (!findings.length) return;
    at = Math.min(findings.length - 1, Math.max(0, at + step));
    findings[at].focus();
    findings[at].scrollIntoView({ block: "start" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const box = document.getElementById("what");
    if (event.key === "/") {
      event.preventDefault();
      if (box) box.focus();
      else location.href = "/";
    } else if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "p") window.print();
  });
  for (const link of document.querySelectorAll("[data-copy]")) {
    link.addEventListener("click", async (event) => {
      if (!navigator.clipboard) return;
      event.preventDefault();
      await navigator.clipboard.writeText(link.href);
      link.textContent = "Copied";
    });
  }
  const job = document.querySelector("[data-job]");
  if (job) {
    const poll = async () => {
      const reply = await fetch(job.dataset.job, { headers: { Accept: "application/json" } });
      if (!reply.ok) return;
      const state = await reply.json();
      const bar = job.querySelector("progress");
      if (bar && state.total) { bar.max = state.total; bar.value = state.done; }
      const told = job.querySelector("[data-told]");
      if (told) told.textContent = state.told;
      if (["queued", "running"].includes(state.state)) setTimeout(poll, 700);
      else location.reload();
    };
    setTimeout(poll, 700);
  }
})();
