using System.Globalization;
using System.Text.RegularExpressions;
using Dlm.Dsl.Operators;

namespace Dlm.Dsl.Emission;

/// <summary>Writes the call of an operator.</summary>
/// <param name="row">Its row.</param>
/// <param name="form">How the row is written with the arguments of the call.</param>
/// <param name="operands">By port, the tensor or the number that stands in its place; null where there is none.</param>
/// <param name="values">How values are written.</param>
internal sealed class CSharpCall(Operator row, CSharpForm form, IReadOnlyList<string?> operands, CSharpValues values)
{
    /// <summary>The expression; <paramref name="layer"/> is the module where it is one.</summary>
    public string Write(string layer)
    {
        var arguments = form.Kind == CSharpFormKind.Layer ? "" : values.Arguments(form);
        return form.Kind switch
        {
            CSharpFormKind.Layer when form.Call is { } template => Fill(template, layer),
            CSharpFormKind.Layer => $"{layer}.call({Joined(operands, "")})",
            CSharpFormKind.Method => $"{operands[0]}.{form.Name}({Joined(operands.Skip(1), arguments)})",
            CSharpFormKind.Infix => $"{operands[0]} {form.Name} {operands[1]}",
            CSharpFormKind.TorchFunction => $"{CSharpNames.Torch}.{form.Name}({Joined(operands, arguments)})",
            CSharpFormKind.ArrayFunction => $"{CSharpNames.Torch}.{form.Name}({Joined([$"new {CSharpNames.Tensor}[] {{ {string.Join(", ", operands)} }}"], arguments)})",
            CSharpFormKind.Template => Fill(form.Name, ""),
            CSharpFormKind.Helper => $"{HelperClass.Name}.{form.Name}({Joined(operands, arguments)})",
            _ => $"{CSharpNames.Torch}.nn.functional.{form.Name}({Joined(operands, arguments)})",
        };
    }

    /// <summary>What is missing at the end is left out, what is missing before something else is null.</summary>
    public static string Joined(IEnumerable<string?> operands, string arguments)
    {
        var all = operands.ToList();
        while (arguments.Length == 0 && all.Count > 0 && all[all.Count - 1] is null) all.RemoveAt(all.Count - 1);
        return string.Join(", ", all.Select(i => i ?? "null").Concat(arguments.Length > 0 ? [arguments] : []));
    }

    // $x is the tensor of port x, $inputs all tensors, $0 the first argument, $helpers the class that the form's source stands in.
    private string Fill(string template, string layer) => Regex.Replace(template, @"\$(\w+)", match =>
    {
        var name = match.Groups[1].Value;
        if (name == "layer") return layer;
        if (name == "helpers") return HelperClass.Name;
        if (name == "inputs") return string.Join(", ", operands);
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) return values.Write(form.Arguments[index]);
        return operands[row.Ports.TakeWhile(p => p.Name != name).Count()] ?? "null";
    });
}
