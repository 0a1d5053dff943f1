using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Emission;

/// <summary>What a generated file declares for the rules of an <c>init</c>: a way through the parameters, and patterns of keys.</summary>
internal static class InitClass
{
    /// <summary>The class; a file-local type stands before any other of this name.</summary>
    public const string Name = "DlmInit";

    private const string Start = """
        /// <summary>Finds the parameters that the rules of an init are for.</summary>
        file static class DlmInit
        {
            /// <summary>Every parameter with its key, the layer that keeps it, and its name there, in PyTorch's order.</summary>
            public static global::System.Collections.Generic.IEnumerable<(string Key, TORCH.nn.Module Layer, string Name, global::TorchSharp.Modules.Parameter Parameter)> ParametersOf(
                TORCH.nn.Module module, string prefix = "")
            {
                foreach (var (name, parameter) in module.named_parameters(false)) yield return (prefix + name, module, name, parameter);
                foreach (var (name, child) in module.named_children())
                {
                    foreach (var found in ParametersOf(child, prefix + name + ".")) yield return found;
                }
            }
        """;

    private const string Matches = """

            /// <summary>Whether a key is of a pattern, in which a star stands for any letters and a question mark for one.</summary>
            public static bool Matches(string pattern, string key)
            {
                int p = 0, k = 0, star = -1, resume = 0;
                while (k < key.Length)
                {
                    if (p < pattern.Length && pattern[p] == '*')
                    {
                        (star, resume) = (p++, k);
                    }
                    else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == key[k]))
                    {
                        p++;
                        k++;
                    }
                    else if (star >= 0)
                    {
                        p = star + 1;
                        k = ++resume;
                    }
                    else
                    {
                        return false;
                    }
                }
                while (p < pattern.Length && pattern[p] == '*') p++;
                return p == pattern.Length;
            }
        """;

    /// <summary>Writes it where one of the classes needs it.</summary>
    public static void Write(IndentedWriter writer, IEnumerable<ElaboratedBlock> blocks, IEnumerable<InitRule> others)
    {
        var rules = others.Concat(blocks.SelectMany(b => b.Body.AllNodes().OfType<GroupNode>().Select(g => g.Body).Prepend(b.Body)).SelectMany(r => r.Init)).ToArray();
        if (rules.Length == 0) return;
        writer.Line();
        var source = rules.SelectMany(r => r.Targets).Any(t => t is KeyTarget) ? Start + "\n" + Matches : Start;
        foreach (var line in source.Split('\n')) writer.Line(line.TrimEnd().Replace("TORCH", CSharpNames.Torch));
        writer.Line("}");
    }
}
