// While a pack is being made the list is fetched again every few seconds. Without this, "Look again" does the same.
const again = async () => {
  const list = document.getElementById("packs");
  const seconds = Number(list?.dataset.lookAgain);
  if (!seconds) return;
  await new Promise((done) => { setTimeout(done, seconds * 1000); });
  try {
    const answer = await fetch(location.pathname, { credentials: "same-origin", redirect: "error" });
    const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("packs");
    // What somebody has opened or stands on stays as it is until they leave it.
    if (fresh && !list.contains(document.activeElement)) list.replaceWith(fresh);
  } catch { /* the network will be back, or the person looks again */ }
  again();
};
again();
