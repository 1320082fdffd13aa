// What every page runs. Each module works on what it finds and does nothing where it finds nothing.
import "./requests.js";
import "./fields.js";
import "./focus.js";
import "./steady.js";
import "./confirm.js";
import "./once.js";
import "./dialogs.js";
import "./times.js";
import "./theme.js";
import "./connection.js";
import "./upload.js";
import "./order.js";
import "./zoom.js";
import "./picture_texts.js";
import "./toasts.js";
import "./session.js";
