namespace Dlm.Torch.Tests;

public class NotInUse
{
    [Fact(Skip = "TorchSharp comes from its package: Torch/ is not in use.")]
    public void TorchIsTested() { }
}
