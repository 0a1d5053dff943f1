namespace Dlm.Runtime.Data.Transforms;

/// <summary>Changes whole batches on their way from the data set to the model, on the loader's threads.</summary>
/// <remarks>What chance does to a sample depends on a seed, the epoch and the sample's index alone: not on the worker, nor on what came before.</remarks>
public interface ITransform
{
    /// <summary>Gives the changed batch; the one it is given is its to change or dispose.</summary>
    /// <param name="batch">Tensors in the machine's own memory.</param>
    /// <param name="epoch">The epoch, counted from 0.</param>
    Batch Apply(Batch batch, int epoch);
}
