// Looks how a running build or sync goes, and shows it in place. The page has a link for those without scripts.

const LOOK_MS = 2000;

const run = () => document.getElementById("run");

async function look() {
  if (run()?.dataset.running !== "true") return;
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    const answer = response.ok && new DOMParser().parseFromString(await response.text(), "text/html");
    if (answer) {
      const now = answer.getElementById("run");
      // Signed out meanwhile, or at its end, when all of the page is another.
      if (now?.dataset.running !== "true") return location.reload();
      run().replaceWith(now);
    }
  } catch {
    // The service may be starting again.
  }
  setTimeout(look, LOOK_MS);
}

setTimeout(look, LOOK_MS);
