using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Tensors as text. A long dimension shows its first and last three entries.</summary>
internal sealed class TensorFormatter(string? floatFormat, CultureInfo? culture, string? newLine)
{
    private const int Shown = 3;
    private const int LongDimension = 12;

    private readonly string _floatFormat = floatFormat ?? "g5";
    private readonly CultureInfo _culture = culture ?? CultureInfo.CurrentCulture;
    private readonly string _newLine = newLine ?? Environment.NewLine;

    internal static string Describe(Tensor tensor) =>
        tensor.IsInvalid ? "" : $"[{string.Join('x', tensor.shape)}], type = {tensor.dtype}, device = {tensor.device}";

    internal string Format(Tensor tensor, TensorStringStyle style)
    {
        if (style == TensorStringStyle.Metadata || tensor.is_meta)
            return Describe(tensor);
        using var plain = tensor.detach();
        using var values = plain.cpu();
        return style switch
        {
            TensorStringStyle.Numpy => Nested(values, "[", "]", " ", "", 1),
            TensorStringStyle.CSharp => $"{Describe(tensor)}, value = {TypeName(tensor)}{Nested(values, "{", "}", ", ", Suffix(tensor.dtype), 0)}",
            _ when tensor.dim() == 0 => $"{Describe(tensor)}, value = {Number(values, "")}",
            _ => Describe(tensor) + _newLine + Slices(values),
        };
    }

    /// <summary>Brackets in brackets. With an indent, every row begins a line of its own.</summary>
    private string Nested(Tensor tensor, string open, string close, string separator, string suffix, int indent)
    {
        if (tensor.dim() == 0)
            return Number(tensor, suffix);
        var rows = tensor.dim() > 1 && indent > 0;
        var parts = Entries(tensor, entry => Nested(entry, open, close, separator, suffix, indent == 0 ? 0 : indent + 1));
        return open + string.Join(rows ? _newLine + new string(' ', indent) : separator, parts) + close;
    }

    /// <summary>Matrices of the last two dimensions, each under its indices.</summary>
    private string Slices(Tensor tensor)
    {
        if (tensor.dim() == 1)
            return " " + string.Join(" ", Entries(tensor, entry => Number(entry, "")));
        if (tensor.dim() == 2)
            return string.Join(_newLine, Entries(tensor, Slices));

        var text = new StringBuilder();
        void Walk(Tensor part, string indices)
        {
            if (part.dim() == 2)
            {
                text.Append(_culture, $"[{indices}..,..] ={_newLine}{Slices(part)}{_newLine}{_newLine}");
                return;
            }
            for (long i = 0; i < part.size(0); i++)
            {
                using var entry = part.select(0, i);
                Walk(entry, string.Create(CultureInfo.InvariantCulture, $"{indices}{i},"));
            }
        }
        Walk(tensor, "");
        return text.ToString().TrimEnd();
    }

    private static List<string> Entries(Tensor tensor, Func<Tensor, string> format)
    {
        var parts = new List<string>();
        var count = tensor.size(0);
        for (long i = 0; i < count; i++)
        {
            if (count > LongDimension && i == Shown)
            {
                parts.Add("...");
                i = count - Shown;
            }
            using var entry = tensor.select(0, i);
            parts.Add(format(entry));
        }
        return parts;
    }

    private string Number(Tensor tensor, string suffix)
    {
        var number = tensor.ToScalar();
        if (tensor.dtype == ScalarType.Bool)
            return number.ToBoolean() ? "true" : "false";
        if (tensor.is_integral())
            return number.ToInt64().ToString(_culture) + suffix;
        if (!tensor.is_complex())
            return number.ToDouble().ToString(_floatFormat, _culture) + suffix;
        var complex = number.ToComplexFloat64();
        return complex.Real.ToString(_floatFormat, _culture) + (complex.Imaginary < 0 ? "" : "+") + complex.Imaginary.ToString(_floatFormat, _culture) + "i";
    }

    private static string Suffix(ScalarType type) => type switch { ScalarType.Float32 => "f", ScalarType.Int64 => "L", _ => "" };

    private static string TypeName(Tensor tensor)
    {
        var name = tensor.dtype switch
        {
            ScalarType.Byte => "byte",
            ScalarType.Int8 => "sbyte",
            ScalarType.Int16 => "short",
            ScalarType.Int32 => "int",
            ScalarType.Int64 => "long",
            ScalarType.Float64 => "double",
            ScalarType.Bool => "bool",
            ScalarType.Float32 => "float",
            var other => other.ToString(),
        };
        return tensor.dim() == 0 ? "" : $"{name} [{new string(',', (int)tensor.dim() - 1)}] ";
    }
}
