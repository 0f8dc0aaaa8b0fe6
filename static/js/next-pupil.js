// A page of answers that the browser kept for its Back button shows nothing chosen to the next pupil.

addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) form.reset();
});
