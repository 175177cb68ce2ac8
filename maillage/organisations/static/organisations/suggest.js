// The list of what may be one's association follows what is typed. Without this file, the form is sent.

const PAUSE = 180;

function follow(form) {
  const field = form.querySelector("input[type=search]");
  const list = document.getElementById(form.dataset.maillageSuggest);
  const status = document.querySelector("[data-maillage-found]");
  let timer, asked, shown = field.value.trim();

  async function look() {
    const text = field.value.trim();
    if (text === shown || (text.length < 2 && shown === "")) return;
    shown = text;
    asked?.abort();
    asked = new AbortController();
    const address = new URL(form.action, location.href);
    address.search = new URLSearchParams({ q: text, fragment: "1" });
    list.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: asked.signal });
      if (!answer.ok) return;
      list.innerHTML = await answer.text();
      status.textContent = `${list.querySelectorAll(".choice").length} ${status.dataset.maillageFound}`;
      // Coming back from the next page, one finds one's list again.
      address.searchParams.delete("fragment");
      history.replaceState(null, "", address);
    } catch (failure) {
      if (failure.name !== "AbortError") shown = null;
    } finally {
      list.removeAttribute("aria-busy");
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
}

document.querySelectorAll("[data-maillage-suggest]").forEach(follow);
