// The answer to a form takes the focus, so that it is seen and read first. Most browsers do so by its autofocus; those that give that to
// inputs alone need this module.
document.querySelector("[data-focus]")?.focus();
