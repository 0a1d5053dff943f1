using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Syntax;

/// <summary>One mistake gives one message, at the place to mend, and the rest of the file is read as it was meant.</summary>
public sealed class RecoveryTests
{
    /// <summary>A name, the body of a model from line 2 on, and all that is said of it.</summary>
    public static TheoryData<string, string, string> Bodies() => new()
    {
        { "missing arrow", "linear(8) relu", "2,11: DLM0004 Expected '->' or the end of the line, found 'relu'." },
        { "missing operand after arrow", "linear(8) ->", "2,12: DLM0004 Expected a stage or a value, found '}'." },
        { "arrow twice", "linear(8) -> -> linear(2)", "2,14: DLM0004 Expected a stage or a value, found '->'." },
        { "leading arrow", "-> linear(2)", "2,1: DLM0004 Expected a stage or a value, found '->'." },
        { "missing close paren", "linear(8", "2,7: DLM0006 This '(' is never closed. Write ')' where it ends." },
        { "missing close paren before arrow", "linear(8 -> relu", "2,7: DLM0006 This '(' is never closed. Write ')' where it ends." },
        { "missing comma", "conv(8 3)", "2,8: DLM0004 Expected ',' or ')', found '3'." },
        { "double comma", "conv(8,, 3)", "2,8: DLM0004 Expected a stage or a value, found ','." },
        { "leading comma", "conv(, 3)", "2,6: DLM0004 Expected a stage or a value, found ','." },
        { "trailing junk in list", "conv(8, 3 $)", "2,11: DLM0001 '$' has no meaning here. Remove it." },
        { "colon without value", "conv(8, 3, pad: )", "2,17: DLM0004 Expected a stage or a value, found ')'." },
        { "missing colon", "conv(8, 3, pad 1)", "2,16: DLM0004 Expected ',' or ')', found '1'." },
        { "assign in arguments", "conv(8, 3, pad = 1)", "2,16: DLM0004 Expected ',' or ')', found '='." },
        { "close bracket for paren", "linear(8]", "2,9: DLM0004 Expected ',' or ')', found ']'." },
        { "close without open", "linear(8))", "2,10: DLM0004 Expected '->' or the end of the line, found ')'." },
        { "open group", "head: { linear(8)", "1,28: DLM0006 This '{' is never closed. Write '}' where it ends." },
        { "stray brace", "linear(8) }", "3,1: DLM0005 '}' begins no declaration: write model, block, fn, extern fn, objective or train. A '}' above may be one too many." },
        { "wrong close", "head: ( linear(8) }", "2,7: DLM0006 This '(' is never closed. Write ')' where it ends." },
        { "unterminated string", "dropout(\"a)", "2,9: DLM0002 This text has no closing quote on its line. Write \" at its end." },
        { "unterminated string, next line fine", "dropout(\"a)\nlinear(2)", "2,9: DLM0002 This text has no closing quote on its line. Write \" at its end." },
        { "semicolons", "linear(8);\nlinear(2);", "2,10: DLM0001 ';' has no meaning here. Remove it.\n3,10: DLM0001 ';' has no meaning here. Remove it." },
        { "curly quotes", "dropout(\u201C0.5\u201D)", "2,9: DLM0001 '\u201C' has no meaning here. A text stands between two \"." },
        { "python comment", "# comment\nlinear(2)", "2,1: DLM0001 '#' has no meaning here. A comment begins with //." },
        { "python power", "linear(2 ^ 3)", "2,10: DLM0001 '^' has no meaning here. A power is written a ** b." },
        { "double slash division", "linear(9 // 2)", "2,7: DLM0006 This '(' is never closed. Write ')' where it ends. The '//' behind it begins a comment; a quotient is written a / b." },
        { "python and", "linear(2 && 3)", "2,10: DLM0001 '&' has no meaning here. Write and." },
        { "if without then", "linear(if a 1 else 2)", "2,13: DLM0004 Expected 'then' and the value where the condition holds, found '1'." },
        { "if without else", "linear(if a then 1)", "2,19: DLM0004 Expected 'else' and the value where the condition does not hold, found ')'." },
        { "expect without value", "linear(2)\nexpect parameters", "3,17: DLM0004 Expected a stage or a value, found '}'." },
        { "expect misspelt", "linear(2)\nexpct parameters 10", "3,7: DLM0004 Expected '->' or the end of the line, found 'parameters'." },
        { "expect missing comma", "linear(2)\nexpect parameters 10 macs 8", "3,22: DLM0004 Expected '->' or the end of the line, found 'macs'." },
        { "colon at start", ": linear(2)", "2,1: DLM0004 Expected a stage or a value, found ':'." },
        { "equals at start", "= linear(2)", "2,1: DLM0004 Expected a stage or a value, found '='." },
        { "two names before lines that go on", "a a = if width > 1\n  then relu\n  else linear(2)\n    -> relu\nlinear(2)", "2,3: DLM0004 Expected '->' or the end of the line, found 'a'." },
        { "two names", "head: body: linear(2)", "2,11: DLM0004 Expected '->' or the end of the line, found ':'." },
        { "repeat without body", "repeat 2\nlinear(2)", "2,8: DLM0004 Expected '{' and the stages, found 'linear'." },
        { "const without value", "const n\nlinear(2)", "2,7: DLM0004 Expected '=' and a value, found 'linear'." },
        { "minus minus arrow", "linear(8) --> linear(2)", "2,12: DLM0004 Expected a stage or a value, found '->'." },
        { "fat arrow", "linear(8) => linear(2)", "2,11: DLM0001 '=>' has no meaning here. Stages are joined by ->." },
        { "nested open", "linear((8 -> relu", "2,8: DLM0006 This '(' is never closed. Write ')' where it ends." },
        { "error on two lines", "linear(8) relu\nlinear(2) relu", "2,11: DLM0004 Expected '->' or the end of the line, found 'relu'.\n3,11: DLM0004 Expected '->' or the end of the line, found 'relu'." },
        { "name begins with digit", "3x: linear(2)", "2,2: DLM0004 Expected '->' or the end of the line, found 'x'." },
        { "single quotes", "dropout('a')", "2,9: DLM0001 ''' has no meaning here. A text stands between two \"." },
        { "bang", "linear(!a)", "2,8: DLM0001 '!' has no meaning here. Write not." },
        { "curly open alone", "dropout(\u201C0.5)\nrelu", "2,9: DLM0001 '\u201C' has no meaning here. A text stands between two \"." },
    };

    /// <summary>A name, a file, and all that is said of it.</summary>
    public static TheoryData<string, string, string> Files() => new()
    {
        { "no name", "model : [B, 4] -> [B, 2] {\n  linear(2)\n}\n", "1,7: DLM0004 Expected the model's name, found ':'." },
        { "no colon", "model A [B, 4] -> [B, 2] {\n  linear(2)\n}\n", "1,9: DLM0004 Expected ':' and what flows in and out, such as : [B, 3, H, W] -> [B, classes], found '['." },
        { "no signature", "model A {\n  linear(2)\n}\n", "1,9: DLM0004 Expected ':' and what flows in and out, such as : [B, 3, H, W] -> [B, classes], found '{'." },
        { "no arrow", "model A : [B, 4] [B, 2] {\n  linear(2)\n}\n", "1,18: DLM0004 Expected '->' and what flows out, found '['." },
        { "no output", "model A : [B, 4] -> {\n  linear(2)\n}\n", "1,21: DLM0004 Expected a type, such as int or [B, 3, H, W], found '{'." },
        { "no output no arrow", "model A : [B, 4] {\n  linear(2)\n}\n", "1,18: DLM0004 Expected '->' and what flows out, found '{'." },
        { "no body", "model A : [B, 4] -> [B, 2]\n", "1,26: DLM0004 Expected '{' and the stages, found the end of the file." },
        { "no open brace", "model A : [B, 4] -> [B, 2]\n  linear(2)\n}\n", "1,26: DLM0004 Expected '{' and the stages, found 'linear'." },
        { "no close brace", "model A : [B, 4] -> [B, 2] {\n  linear(2)\n\nmodel C : [B, 4] -> [B, 2] {\n  linear(2)\n}\n", "1,28: DLM0006 This '{' is never closed. Write '}' where it ends." },
        { "no close brace in group", "model A : [B, 4] -> [B, 2] {\n  head: {\n  linear(2)\n\n/// C.\nmodel C : [B, 4] -> [B, 2] {\n  linear(2)\n}\n", "2,9: DLM0006 This '{' is never closed. Write '}' where it ends." },
        { "one brace too many", "model A : [B, 4] -> [B, 2] {\n  linear(2)\n}}\n\nmodel C : [B, 4] -> [B, 2] {\n  linear(2)\n}\n", "3,2: DLM0005 '}' begins no declaration: write model, block, fn, extern fn, objective or train. A '}' above may be one too many." },
        { "bracket open in signature", "model A : [B, 4 -> [B, 2] {\n  linear(2)\n}\n", "1,17: DLM0004 Expected ',' or ']', found '->'." },
        { "bracket open in output", "model A : [B, 4] -> [B, 2 {\n  linear(2)\n}\n", "1,27: DLM0004 Expected ',' or ']', found '{'." },
        { "bracket missing open", "model A : B, 4] -> [B, 2] {\n  linear(2)\n}\n", "1,12: DLM0004 Expected '->' and what flows out, found ','." },
        { "paren open in parameters", "model A(n: int = 2 : [B, 4] -> [B, n] {\n  linear(n)\n}\n", "1,20: DLM0004 Expected ',' or ')', found ':'." },
        { "paren missing open", "model A n: int = 2) : [B, 4] -> [B, n] {\n  linear(n)\n}\n", "1,9: DLM0004 Expected ':' and what flows in and out, such as : [B, 3, H, W] -> [B, classes], found 'n'." },
        { "parameter without type", "model A(n = 2) : [B, 4] -> [B, n] {\n  linear(n)\n}\n", "1,9: DLM0107 'n' needs a type: write n: int, float, bool or string." },
        { "parameter type missing", "model A(n: = 2) : [B, 4] -> [B, n] {\n  linear(n)\n}\n", "1,12: DLM0004 Expected a type, such as int or [B, 3, H, W], found '='." },
        { "parameter default missing", "model A(n: int = ) : [B, 4] -> [B, n] {\n  linear(n)\n}\n", "1,18: DLM0004 Expected a stage or a value, found ')'." },
        { "parameter colon missing", "model A(n int = 2) : [B, 4] -> [B, n] {\n  linear(n)\n}\n", "1,11: DLM0004 Expected ',' or ')', found 'int'." },
        { "comma missing in parameters", "model A(n: int = 2 m: int = 3) : [B, 4] -> [B, n] {\n  linear(n)\n}\n", "1,20: DLM0004 Expected ',' or ')', found 'm'." },
        { "keyword misspelt", "modl A : [B, 4] -> [B, 2] {\n  linear(2)\n}\n", "1,1: DLM0005 'modl' begins no declaration: write model, block, fn, extern fn, objective or train. Did you mean 'model'?" },
        { "keyword missing", "A : [B, 4] -> [B, 2] {\n  linear(2)\n}\n", "1,1: DLM0005 'A' begins no declaration: write model, block, fn, extern fn, objective or train." },
        { "keyword twice", "model model A : [B, 4] -> [B, 2] {\n  linear(2)\n}\n", "1,13: DLM0004 Expected ':' and what flows in and out, such as : [B, 3, H, W] -> [B, classes], found 'A'." },
        { "statement outside", "linear(2)\n\nmodel A : [B, 4] -> [B, 2] {\n  linear(2)\n}\n", "1,1: DLM0005 'linear' begins no declaration: write model, block, fn, extern fn, objective or train." },
        { "statement between", "model A : [B, 4] -> [B, 2] {\n  linear(2)\n}\n\nrelu\n\nmodel C : [B, 4] -> [B, 2] {\n  linear(2)\n}\n", "5,1: DLM0005 'relu' begins no declaration: write model, block, fn, extern fn, objective or train." },
        { "namespace without name", "namespace\nmodel A : [B, 4] -> [B, 2] {\n  linear(2)\n}\n", "1,9: DLM0004 Expected a name, found 'model'." },
        { "namespace misspelt", "namspace N\nmodel A : [B, 4] -> [B, 2] {\n  linear(2)\n}\n", "1,1: DLM0005 'namspace' begins no declaration: write model, block, fn, extern fn, objective or train. Did you mean 'namespace'?" },
        { "namespace late", "model A : [B, 4] -> [B, 2] {\n  linear(2)\n}\nnamespace N\n", "4,1: DLM0005 'namespace' begins no declaration: write model, block, fn, extern fn, objective or train. A file has one namespace, on its first line." },
        { "namespace twice", "namespace N\nnamespace M\nmodel A : [B, 4] -> [B, 2] {\n  linear(2)\n}\n", "2,1: DLM0005 'namespace' begins no declaration: write model, block, fn, extern fn, objective or train. A file has one namespace, on its first line." },
        { "namespace with dot", "namespace N.\nmodel A : [B, 4] -> [B, 2] {\n  linear(2)\n}\n", "1,12: DLM0004 Expected a name, found 'model'." },
        { "use without name", "use\nmodel A : [B, 4] -> [B, 2] {\n  linear(2)\n}\n", "1,3: DLM0004 Expected a name, found 'model'." },
        { "use late", "model A : [B, 4] -> [B, 2] {\n  linear(2)\n}\nuse N\n", "4,1: DLM0005 'use' begins no declaration: write model, block, fn, extern fn, objective or train. It belongs before the first declaration." },
        { "comment unclosed", "/* model A : [B, 4] -> [B, 2] {\n  linear(2)\n}\n", "1,1: DLM0007 This comment is never closed. Write */ at its end." },
        { "comment unclosed inside", "model A : [B, 4] -> [B, 2] {\n  linear(2) /* the head\n}\n", "2,13: DLM0007 This comment is never closed. Write */ at its end." },
        { "fn without value", "fn f(x) =\n", "1,9: DLM0004 Expected a stage or a value, found the end of the file." },
        { "fn without parens", "fn f = 2\n", "1,6: DLM0004 Expected '(' and the parameters, found '='." },
        { "extern fn without result", "extern fn f(x: [B])\n", "1,19: DLM0004 Expected '->' and the result's type, found the end of the file." },
        { "extern without fn", "extern f(x: [B]) -> [B]\n", "1,1: DLM0005 'extern' begins no declaration: write model, block, fn, extern fn, objective or train. Write extern fn." },
        { "family without value", "model A =\n", "1,9: DLM0004 Expected a stage or a value, found the end of the file." },
        { "signature swapped", "model A -> [B, 2] : [B, 4] {\n  linear(2)\n}\n", "1,9: DLM0004 Expected ':' and what flows in and out, such as : [B, 3, H, W] -> [B, classes], found '->'." },
        { "dimension double comma", "model A : [B,, 4] -> [B, 2] {\n  linear(2)\n}\n", "1,14: DLM0004 Expected a stage or a value, found ','." },
        { "two inputs bare", "model A : [B, 4], [B, 3] -> [B, 2] {\n  linear(2)\n}\n", "1,17: DLM0004 Expected '->' and what flows out, found ','." },
    };

    [Theory, MemberData(nameof(Bodies))]
    public void InABody(string name, string body, string expected) => AsAFile(name, $"model A : [B, 4] -> [B, 2] {{\n{body}\n}}\n", expected);

    [Theory, MemberData(nameof(Files))]
    public void AsAFile(string name, string text, string expected)
    {
        Assert.NotEmpty(name);
        Assert.Equal(expected, Compiling.Listed(Bounded.Run(() => TreeRules.Check(text)).Diagnostics));
    }
}
