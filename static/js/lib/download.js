// Hand a file to the rider: the share sheet on a phone (a home-screen app on iOS cannot
// download), a download elsewhere.

/**
 * @param {string} name of the file
 * @param {unknown} data to be written as JSON
 */
export async function giveJson(name, data) {
  const file = new File([JSON.stringify(data, null, 2)], name, { type: "application/json" });
  if (isTouch() && navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return;
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
    }
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function isTouch() {
  return matchMedia("(pointer: coarse)").matches;
}
