// Puts a live view over each static chart. Without this script the page says the same.
(function () {
  "use strict";
  if (typeof vegaEmbed === "undefined") return;
  var specs = JSON.parse(document.getElementById("chart-specs").textContent);
  var phone = window.matchMedia("(max-width: 640px)");
  var tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("role", "presentation");
  document.body.appendChild(tip);

  function tooltip(handler, event, item, value) {
    if (!value || !value.title) {
      tip.hidden = true;
      return;
    }
    tip.textContent = "";
    var head = document.createElement("strong");
    head.textContent = value.title;
    tip.appendChild(head);
    Object.keys(value).forEach(function (key) {
      if (key === "title") return;
      var row = document.createElement("div");
      [key, value[key]].forEach(function (text) {
        var cell = document.createElement("span");
        cell.textContent = text;
        row.appendChild(cell);
      });
      tip.appendChild(row);
    });
    tip.hidden = false;
    var box = tip.getBoundingClientRect();
    var x = event.clientX + 14;
    var y = event.clientY + 14;
    if (x + box.width > window.innerWidth - 8) x = Math.max(8, event.clientX - box.width - 14);
    if (y + box.height > window.innerHeight - 8) y = Math.max(8, event.clientY - box.height - 14);
    tip.style.left = x + "px";
    tip.style.top = y + "px";
  }

  var views = {};
  function show(chart) {
    var id = chart.dataset.chart;
    var spec = specs[id][phone.matches ? "narrow" : "wide"];
    var place = chart.querySelector(".live");
    if (views[id]) views[id].finalize();
    vegaEmbed(place, spec, {
      mode: "vega",
      renderer: "svg",
      actions: false,
      defaultStyle: false,
      tooltip: tooltip,
      loader: { load: function () { return Promise.reject(new Error("no loading")); } }
    }).then(function (result) {
      views[id] = result;
      chart.classList.add("is-live");
    }, function () {
      place.textContent = "";
      chart.classList.remove("is-live");
    });
  }
  function all() {
    tip.hidden = true;
    document.querySelectorAll(".chart").forEach(show);
  }
  all();
  phone.addEventListener("change", all);
  window.addEventListener("scroll", function () { tip.hidden = true; }, { passive: true });
})();
