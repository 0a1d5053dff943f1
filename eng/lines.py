"""How long a hand-written model is: the lines of the classes and functions named, without blank lines, comments and documentation.

python3 eng/lines.py model.py GPT Block MLP      C# is counted by the class, or the whole file where none is named, without its usings.
"""
import ast
import io
import re
import sys
import tokenize


def python_lines(text, names):
    tree = ast.parse(text)
    code = {line for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.type not in (
        tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
        for line in range(token.start[0], token.end[0] + 1)}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node) is not None:
            code -= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    found = {name: set() for name in names}
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        name = getattr(node, "name", None) or getattr(target, "id", None)
        if name in found:
            first = min([node.lineno] + [d.lineno for d in getattr(node, "decorator_list", [])])
            found[name] = code & set(range(first, node.end_lineno + 1))
    missing = [name for name in names if not found[name]]
    assert not missing, f"not there: {missing}"
    return len(set().union(*found.values()))


def csharp_lines(text, names):
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    lines = [line for line in (re.sub(r"//.*", "", line).strip() for line in text.split("\n")) if line and not line.startswith(("using ", "#", "namespace"))]
    if not names:
        return len(lines)
    count = 0
    for name in names:
        at = next(i for i, line in enumerate(lines) if re.search(rf"\bclass {name}\b", line))
        depth, opened = 0, False
        for line in lines[at:]:
            depth += line.count("{") - line.count("}")
            opened |= "{" in line
            count += 1
            if opened and depth == 0:
                break
    return count


if __name__ == "__main__":
    path, names = sys.argv[1], sys.argv[2:]
    with open(path, encoding="utf-8-sig") as file:
        text = file.read()
    print(python_lines(text, names) if path.endswith(".py") else csharp_lines(text, names))
