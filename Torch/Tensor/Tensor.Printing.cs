using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public const TensorStringStyle julia = TensorStringStyle.Julia;
    public const TensorStringStyle numpy = TensorStringStyle.Numpy;
    public const TensorStringStyle csharp = TensorStringStyle.CSharp;

    /// <summary>How a tensor is printed where no style is asked for.</summary>
    public static TensorStringStyle TensorStringStyle { get; set; } = TensorStringStyle.Julia;

    public partial class Tensor
    {
        /// <summary>Shape, type and device; no elements.</summary>
        public override string ToString() => TensorFormatter.Describe(this);

        public string ToString(
            bool disamb, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            ToString(disamb ? TensorStringStyle.Default : TensorStringStyle.Metadata, fltFormat, width, cultureInfo, newLine);

        /// <summary>The elements as text. Lines are never broken within a row, whatever the width.</summary>
        public string ToString(
            TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            new TensorFormatter(
                fltFormat, cultureInfo, newLine).Format(this, style == TensorStringStyle.Default ? torch.TensorStringStyle : style);
    }
}
