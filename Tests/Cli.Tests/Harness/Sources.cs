namespace Dlm.Cli.Tests.Harness;

/// <summary>Small files that several tests use.</summary>
internal static class Sources
{
    public const string Net = """
        namespace Small

        /// A net.
        model Net(classes: int = 10) : [B, 3, 16, 16] -> [B, classes] {
          conv(8, 3, pad: 1) -> relu -> maxpool(2)
          flatten -> linear(classes)
        }

        """;

    public const string Wrong = """
        namespace Small

        model Wrong(unused: int = 1) : [B, 3, 16, 16] -> [B, 10] {
          conv(8, 3) -> flatten
          conv(8, 3)
          flatten -> linear(10)
        }

        """;

    public const string Blocks = """
        namespace Small

        block Unit(width: int, stride: int = 1) : (x: [B, C, H, W]) -> [B, width, _, _] {
          skip = if stride != 1 or C != width then x -> project: conv(width, 1, stride: stride) else x
          (x -> conv1: conv(width, 3, stride: stride, pad: 1) -> bn1: batchnorm) + skip
        }

        """;

    public const string Stack = """
        namespace Small

        model Stack(depth: int = 3, classes: int = 10) : [B, 3, H, W] -> [B, classes] {
          stem: { conv(8, 3, stride: 2) -> relu }
          body: repeat i in 0..depth { Unit(16, stride: if i == 0 then 2 else 1) }
          global_avgpool -> flatten -> head: linear(classes)
        }

        """;
}
