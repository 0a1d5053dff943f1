using Dlm.Dsl.Text;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

internal sealed partial class BodyElaborator
{
    /// <summary><c>param w: [d, d] = xavier</c> and <c>buffer table: [max, d] = sinusoid(max, d)</c>.</summary>
    private bool ElaborateState(BindingSyntax binding, RegionBuilder builder)
    {
        var word = binding.Keyword!.Text;
        if (binding.Target is not NameSyntax { Token: { IsMissing: false } name } target) return false;
        if (site is not null)
        {
            Diagnostics.At(binding.Span).NotInLanguage($"A '{word}' in a function", "Write a block.");
            return false;
        }
        if (Objective is { IsOccasional: true })
        {
            Diagnostics.At(binding.Span).NotInLanguage($"A '{word}' in an 'every'", "Declare it before.");
            return false;
        }
        if (binding.Type is null || binding.Value is null)
        {
            Diagnostics.At(name.Span).IncompleteState(word, name.Text);
            return false;
        }
        if (IsTaken(target, builder) || StateType(binding.Type, word) is not { } type) return false;
        if (FirstValueOf(binding.Value, type, builder) is not { } first) return false;
        if (!TakeKey(name.Text, name.Span, builder)) return false;
        var node = new StateNode(name.Text, type, word == "buffer", first, binding.Span, OriginOf($"{word} {name.Text}", name.Span));
        builder.Declare(name.Text, new TensorItem(Add(node, builder).Output));
        if (Objective is not null) carried.Add(name.Text);
        return true;
    }

    private TensorType? StateType(TypeSyntax syntax, string word)
    {
        var binder = new SignatureBinder(Diagnostics);
        if (syntax.IsOptional || syntax.Dimensions?.Any(d => d is NameSyntax { Token.Text: "_" or "..." }) == true)
        {
            Diagnostics.At(syntax.Span).NotInLanguage($"A {word} of this type", "Write every size, such as [d, d].");
            return null;
        }
        if (binder.ElementOf(syntax) is not { } element) return null;
        if (word == "param" && element is not (ElementType.Float or ElementType.Float64))
        {
            Diagnostics.At(syntax.Span).NotInLanguage("A param that is not of floats", "What is not trained is a buffer.");
            return null;
        }
        var dims = new List<Dim>();
        foreach (var dimension in syntax.Dimensions!)
        {
            if (binder.BindSize(dimension, scope) is not { } size) return null;
            if (proofs.Promote(size) is { } open)
            {
                Diagnostics.At(dimension.Span).InputSizeUnknown(word, size, open);
                return null;
            }
            dims.Add(size);
        }
        return new TensorType(element, dims.ToEquatableArray());
    }

    // A name of torch.nn.init draws it; a number fills it; anything else is computed once, when the module is made.
    private FirstValue? FirstValueOf(ExpressionSyntax syntax, TensorType type, RegionBuilder builder)
    {
        var expression = syntax is ChainSyntax { Stages: [var only] } ? only : syntax;
        var (word, given) = expression.AsCall;
        if (word is not null && Initializers.Find(word.Token.Text) is { } initializer && (given.Count > 0 || builder.Find(word.Token.Text) is null) && initializer.Takes(given.Count))
        {
            return Initialized(initializer, word, given, type, builder);
        }
        var inner = new RegionBuilder(new KeyScope(countsStages: false), []);
        if (Evaluate(expression, inner) is not { } value) return null;
        if (value is StaticItem { Value: var number } && StaticEvaluator.IsNumber(number)) return new FirstValue(new Initialization("constant_", [number]), null);
        if (value is not TensorItem { Tensor: var tensor })
        {
            Diagnostics.At(expression.Span).WrongArgumentKind("the first value", "a tensor, a number or an initialiser such as xavier", value is StaticItem known ? known.Value.Described : "several tensors");
            return null;
        }
        if (!proofs.AreEqual(tensor.Type, type, (a, b) => $"the first value has {a} where {b} is declared"))
        {
            Diagnostics.At(expression.Span).InputMismatch("the first value", "its type", type.ToString(), tensor.Type, tensor.Origin, [], proofs.Facts);
            return null;
        }
        inner.Flow = value;
        return new FirstValue(null, inner.ToRegion());
    }

    private FirstValue? Initialized(Initializer initializer, NameSyntax word, IReadOnlyList<ArgumentSyntax> given, TensorType type, RegionBuilder builder)
    {
        if (!initializer.Fits(type.Rank))
        {
            Diagnostics.At(word.Span).InitUnfit(initializer, type.ToString(), type.Rank);
            return null;
        }
        if (type.Element is not (ElementType.Float or ElementType.Float64) && initializer.Method is not ("zeros_" or "ones_"))
        {
            Diagnostics.At(word.Span).NotInLanguage($"'{word.Token.Text}' for {type}", "Compute it, such as arange(max), or begin with zeros.");
            return null;
        }
        return InitReader(builder).Read(initializer, word, given) is { } drawn ? new FirstValue(drawn, null) : null;
    }
}
