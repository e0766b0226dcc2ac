/* Both sides put the options into the same order, drawn from the note and the study day, so that nothing has to be
   kept from front to back. All is in one function: what a card declares at the top level is still there at the next
   card. What was chosen is kept for the back where the app allows that, and is not missed where it does not. */
(function () {
  var card = document.querySelector("section.tellapart.choice");
  if (!card) { return; }
  var list = card.querySelector(".options");
  var items = Array.prototype.slice.call(list.children);
  var id = card.getAttribute("data-id");
  var hint = card.querySelector(".hint");
  var day = new Date(Date.now() - 4 * 3600 * 1000);
  var seed = [id, day.getFullYear(), day.getMonth(), day.getDate()].join(" ");

  function option(item) { return item.getAttribute("data-option"); }

  function lot(item) { /* FNV-1a; the option comes first, since texts that differ at their ends only keep an order */
    var text = option(item) + seed;
    var value = 2166136261;
    for (var i = 0; i < text.length; i += 1) {
      value = Math.imul(value ^ text.charCodeAt(i), 16777619) >>> 0;
    }
    return value;
  }

  function remember(text) {
    window.tellapartChoice = text;
    try { window.sessionStorage.setItem("tellapart", text); } catch (refused) { /* the window may still know it */ }
  }

  function chosen() {
    var kept = window.tellapartChoice || "";
    try { kept = kept || window.sessionStorage.getItem("tellapart") || ""; } catch (refused) { /* then it is unknown */ }
    return kept.indexOf(id + "=") === 0 ? kept.slice(id.length + 1) : "";
  }

  function toSetUpTheFront() {
    var isFlipped = false;

    function flip() {
      hint.textContent = "Chosen. Now show the answer.";
      if (isFlipped) { return; }
      isFlipped = true;
      if (typeof window.pycmd === "function") { window.pycmd("ans"); /* Desktop */
      } else if (typeof window.showAnswer === "function") { window.showAnswer(); /* AnkiDroid */ }
    }

    function choose(item) {
      items.forEach(function (each) {
        each.querySelector("button").setAttribute("aria-pressed", String(each === item));
      });
      remember(id + "=" + option(item));
      flip();
    }

    function toButton(item) {
      var box = item.querySelector(".box");
      var button = document.createElement("button");
      button.type = "button";
      button.className = "box tappable";
      button.setAttribute("aria-pressed", "false");
      button.innerHTML = box.innerHTML;
      button.addEventListener("click", function (event) { event.stopPropagation(); choose(item); });
      item.replaceChild(button, box);
    }

    remember("");
    items.forEach(toButton);
    if (typeof window.pycmd === "function") { /* Desktop keeps bare digits for its ratings */
      var modifier = document.body.classList.contains("isMac") ? "Option" : "Alt";
      hint.textContent = "Click one, or press " + modifier + " and its number.";
    } else if (typeof window.showAnswer === "function") { hint.textContent = "Tap one."; }
    window.tellapartKeys = function (event) {
      var digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code || "") || [0, event.key];
      var item = items[Number(digit[1]) - 1];
      if (!item || !document.contains(item) || event.ctrlKey || event.metaKey || event.repeat) { return; }
      event.preventDefault();
      choose(item);
    };
    document.addEventListener("keydown", window.tellapartKeys);
  }

  function toMarkTheBack() {
    var own = chosen();
    var key = card.getAttribute("data-key");

    function say(item, words) {
      var mark = document.createElement("span");
      mark.className = "mark";
      mark.textContent = words;
      var text = item.querySelector(".text");
      text.insertAdjacentElement("afterend", mark);
      text.insertAdjacentText("afterend", " ");
    }

    items.forEach(function (item) {
      if (option(item) === key) { say(item, own === key ? "✓ Right, and your choice" : "✓ Right");
      } else if (option(item) === own) { item.classList.add("wrong"); say(item, "✗ Your choice"); }
    });
    if (own) {
      card.querySelector(".verdict").textContent = own === key ? "✓ you chose it" : "✗ you chose another";
      if (own !== key) { card.querySelector(".answer").classList.add("missed"); }
    }
  }

  if (card.getAttribute("data-order") !== "fixed") {
    items.sort(function (a, b) { return lot(a) - lot(b); });
    items.forEach(function (item) { list.appendChild(item); });
  }
  if (window.tellapartKeys) { document.removeEventListener("keydown", window.tellapartKeys); }
  if (card.getAttribute("data-side") === "front") { toSetUpTheFront(); } else { toMarkTheBack(); }
}());
