// In each page that is measured: its long tasks, and the time at which something is seen.
window.measured = {
  tasks: [],
  pressed: 0,

  /** Tells the time of the frame that shows what the test finds, in milliseconds since the epoch; fails after a minute. */
  when(test) {
    return new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`not seen: ${test}`)), 60000);
      const told = () => requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
      if (test()) {
        told();
        return;
      }
      const observer = new MutationObserver(() => {
        if (test()) {
          observer.disconnect();
          told();
        }
      });
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    });
  },
};
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) {
    measured.tasks.push(task.duration);
  }
}).observe({ type: "longtask", buffered: true });
document.addEventListener("keydown", () => (measured.pressed = performance.timeOrigin + performance.now()), true);
