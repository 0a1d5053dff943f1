namespace Dlm.Runtime.Optimizers.Fused;

/// <summary>The methods that the native file steps in one pass; <c>Method</c> of Torch/native/optim/kernel.h.</summary>
internal enum FusedMethod
{
    Sgd,
    Momentum,
    Nesterov,
    Adam,
    AmsGrad,
    RmsProp,
    RmsPropCentered,
    RmsPropMomentum,
    RmsPropCenteredMomentum,
    Adagrad,
    Adadelta,
    NAdam,
    RAdam,
    Lion,
    Lamb,
    Lars,
}

/// <summary>One step of a method, with everything worked out that is the same for all numbers.</summary>
/// <param name="Method">The method.</param>
/// <param name="Options">What its rule reads, in the order that its native file states.</param>
internal readonly record struct FusedRule(FusedMethod Method, params double[] Options);
