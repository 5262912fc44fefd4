// Runs command lines of tracker in the newest Python there is, compiled for WebAssembly, and prints what each said:
// node run.mjs PYODIDE.mjs SITE... -- PROJECT COMMANDS.json
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module, ...rest] = process.argv.slice(2);
const end = rest.indexOf("--");
const [project, commands] = rest.slice(end + 1);
const { loadPyodide } = await import(pathToFileURL(module).href);
const python = await loadPyodide({ env: { HOME: "/home/pyodide", LANG: "C.UTF-8", COLUMNS: "100" } });
const mounted = rest.slice(0, end).map((folder, place) => {
  python.FS.mkdirTree(`/site${place}`);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, `/site${place}`);
  return `/site${place}`;
});
python.FS.mkdirTree("/project");
python.FS.mount(python.FS.filesystems.NODEFS, { root: project }, "/project");
python.globals.set("folders", python.toPy(mounted));
python.globals.set("commands", readFileSync(commands, "utf8"));
console.log(
  python.runPython(`
import io, json, os, sys, warnings

sys.path[:0] = folders
os.chdir("/project")
warnings.simplefilter("error")
from tracker.cli import main

said = []
for command in json.loads(commands):
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    sys.stdout, sys.stderr, sys.argv = out, err, ["tracker", *command]
    try:
        code = main()
    except SystemExit as ended:
        code = ended.code
    texts = [each.buffer.getvalue().decode() for each in (out, err)]
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    said.append([code, *texts])
json.dumps({"version": sys.version.split()[0], "said": said})
`),
);
