// What is found follows what is typed and chosen. Without this file, the form is sent.
// A form with data-maillage-follow="id": its page, asked with fragment=1, answers the content of #id alone.
// In it, what has data-maillage-count is said aloud.

const PAUSE = 180;

function follow(form) {
  const list = document.getElementById(form.dataset.maillageFollow);
  const status = document.querySelector("[data-maillage-status]");
  const wanted = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim() !== ""));
  let timer, asked;
  let shown = wanted().toString();

  async function look() {
    const query = wanted();
    if (query.toString() === shown) return;
    shown = query.toString();
    asked?.abort();
    asked = new AbortController();
    const address = new URL(form.action, location.href);
    address.search = query;
    const fragment = new URL(address);
    fragment.searchParams.set("fragment", "1");
    list.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(fragment, { signal: asked.signal });
      if (!answer.ok) throw new Error(answer.status);
      list.innerHTML = await answer.text();
      // What works on parts of a page looks at the new ones.
      list.dispatchEvent(new CustomEvent("maillage:shown", { bubbles: true }));
      status.textContent = list.querySelector("[data-maillage-count]")?.textContent ?? "";
      // Coming back from the next page, one finds one's list again.
      history.replaceState(null, "", address);
    } catch (failure) {
      if (failure.name !== "AbortError") shown = null;
    } finally {
      list.removeAttribute("aria-busy");
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
}

document.querySelectorAll("[data-maillage-follow]").forEach(follow);
