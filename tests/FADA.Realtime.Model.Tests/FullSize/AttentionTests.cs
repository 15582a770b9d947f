using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.Weights;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize;

public class AttentionTests : TorchTest
{
    // Values pass through, every key is the same: attention is the mean of what it attends to.
    private static Attention Mean()
    {
        var attention = new Attention(TensorPlace.Cpu, 4, 4, 2);
        using var _ = no_grad();
        foreach (var name in new[] { "to_v.weight", "to_out.0.weight" })
            StateDictLoader.Tensors(attention)[name].copy_(eye(4));
        return attention;
    }

    [Fact]
    public void Forward_SharedContextRow_IsSpreadOverNeighbours()
    {
        using var _ = no_grad();
        var context = cat([full([1, 3, 4], 1f), full([1, 3, 4], 2f)], 0);

        var read = Mean().forward(zeros(4, 2, 4), context);

        Assert.Equal([1, 1, 2, 2], read.select(2, 0).select(1, 0).data<float>().ToArray());
    }

    [Fact]
    public void Forward_Extra_CountsBesideTheOwnTokens()
    {
        using var _ = no_grad();

        var read = Mean().forward(ones(2, 3, 4), extra: full([1, 1, 4], 5f), spreadExtra: x => x.repeat(2, 1, 1));

        Assert.True(MaxDifference(read, full_like(read, 2)) < 1e-6);
    }
}
