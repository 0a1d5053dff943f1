using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Dlm.Generator.Tests.Harness;

/// <summary>A <c>.dlm</c> file that exists in memory alone.</summary>
internal sealed class DlmText(string path, string text) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
}
