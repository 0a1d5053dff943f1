using System.Collections;
using System.Reflection;

namespace Dlm.Generator.Tests.Harness;

/// <summary>Walks what the pipeline keeps between runs.</summary>
internal static class CachedModel
{
    /// <summary>
    /// The paths to objects of Roslyn's that <paramref name="run"/> left in the caches: each would keep a whole
    /// compilation alive and compare unequal after every key press.
    /// </summary>
    public static IReadOnlyList<string> RoslynObjects(DlmRun run)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var found = new List<string>();
        foreach (var step in typeof(Steps).GetFields().Select(field => field.Name))
        {
            foreach (var (value, _) in run.Step<object>(step)) Visit(value, step);
        }

        return found;

        void Visit(object? root, string path)
        {
            // A work list: a syntax tree is deeper than the stack.
            var work = new Stack<(object? Value, string Path)>([(root, path)]);
            while (work.TryPop(out var next))
            {
                var (value, at) = next;
                if (value is null || value.GetType() is { IsPrimitive: true } or { IsEnum: true } or { IsPointer: true }) continue;
                if (value is string or Delegate or Type || (!value.GetType().IsValueType && !seen.Add(value))) continue;
                if (value.GetType().Assembly.GetName().Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
                {
                    found.Add($"{at}: {value.GetType()}");
                    continue;
                }

                if (value is IEnumerable items and (Array or IDictionary))
                {
                    foreach (var item in items) work.Push((item, at + "[]"));
                    continue;
                }

                for (var type = value.GetType(); type is not null; type = type.BaseType)
                {
                    const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                    foreach (var field in type.GetFields(All)) work.Push((field.GetValue(value), $"{at}.{field.Name}"));
                }
            }
        }
    }
}
