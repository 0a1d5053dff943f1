using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Dlm.Runtime.Diagnosis;

/// <summary>Listens to what every module of some networks gives, whatever its inputs and outputs are.</summary>
/// <remarks>
/// TorchSharp's hooks are typed by the module's inputs and output, of which there is no end; so the delegate is made from the type at hand. It is
/// done once something is wrong, never in a run that goes well.
/// </remarks>
internal sealed class ForwardHooks : IDisposable
{
    private readonly List<Action> _removals = [];

    /// <summary>Calls <paramref name="seen"/> with each module's path and the tensors that it gives, a module after those within it.</summary>
    public ForwardHooks(IEnumerable<(string Path, nn.Module Module)> modules, Action<string, nn.Module, IReadOnlyList<Tensor>> seen)
    {
        HashSet<nn.Module> known = new(ReferenceEqualityComparer.Instance);
        foreach ((string path, nn.Module module) in modules)
        {
            if (known.Add(module)) Add(module, output => seen(path, module, [.. TensorsIn(output)]));
        }
    }

    /// <summary>Takes the hooks away again.</summary>
    public void Dispose()
    {
        foreach (Action remove in _removals) remove();
    }

    private void Add(nn.Module module, Action<object?> seen)
    {
        Type? hookable = module.GetType();
        while (hookable is not null && !(hookable.IsGenericType && hookable.GetGenericTypeDefinition() == typeof(nn.HookableModule<,>))) hookable = hookable.BaseType;
        if (hookable is null) return;

        // (module, inputs..., output) => { seen(output); return output; }
        Type hook = hookable.GetGenericArguments()[1];
        ParameterExpression[] parameters = [.. hook.GetMethod("Invoke")!.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType))];
        Expression tell = Expression.Invoke(Expression.Constant(seen), Expression.Convert(parameters[^1], typeof(object)));
        Delegate listener = Expression.Lambda(hook, Expression.Block(tell, parameters[^1]), parameters).Compile(preferInterpretation: true);
        MethodInfo register = hookable.GetMethod("register_forward_hook", [hook])!;
        object remover = register.Invoke(module, [listener])!;
        MethodInfo remove = remover.GetType().GetMethod("remove")!;
        _removals.Add(() => remove.Invoke(remover, null));
    }

    private static IEnumerable<Tensor> TensorsIn(object? output) => output switch
    {
        Tensor tensor => [tensor],
        ITuple several => Enumerable.Range(0, several.Length).SelectMany(i => TensorsIn(several[i])),
        IEnumerable<Tensor> several => several,
        _ => [],
    };
}
