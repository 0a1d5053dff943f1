using System.Runtime.CompilerServices;
using Dlm.Generator.Tests.Harness;

namespace Dlm.Generator.Tests;

/// <summary>The generated C#, as somebody who reads it sees it.</summary>
public sealed class EmissionTests
{
    [Fact]
    public void LeNet5() => Match(Zoo.LeNet5);

    [Fact]
    public void AlexNet() => Match(Zoo.AlexNet);

    [Fact]
    public void BlocksAndRepeats() => Match(("Tower.dlm", """
        /// Two 3x3 convolutions and a shortcut.
        block Residual(planes: int, stride: int = 1) : (x: [B, C, H, W]) -> [B, planes, _, _] {
          main = x -> conv1: conv(planes, 3, stride: stride, pad: 1) -> relu -> conv2: conv(planes, 3, pad: 1)
          skip = if stride != 1 or C != planes then x -> project: conv(planes, 1, stride: stride) else x
          relu(main + skip)
        }

        model Tower(depth: int = 3) : [B, 3, 32, 32] -> [B, 64, 16, 16] {
          stages: repeat i in 0..depth { Residual(64, stride: if i == 0 then 2 else 1) }
        }

        """));

    [Fact]
    public void Init() => Match(("Began.dlm", """
        /// Layers that begin as GPT-2's do.
        model Began(d: int = 16, layers: int = 2) : [B, 16] -> [B, 4] {
          h: repeat layers { linear(d, bias: false) -> gelu -> c_proj: linear(d) }
          head: linear(4)
          init {
            linear: normal(0, 0.02)
            "*.bias": zeros
            "h.*.c_proj.weight": normal(0, 0.02 / sqrt(2 * layers))
            "head": uniform(-0.1, 0.1)
          }
        }

        """));

    private static void Match((string Path, string Text) file, [CallerMemberName] string test = "") =>
        Snapshot.Match(Assert.Single(new DlmProject(file).Run().Sources).Value, "cs", method: test);
}
