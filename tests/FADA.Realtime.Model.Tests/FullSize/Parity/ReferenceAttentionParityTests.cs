using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.FullSize.Layers;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize.Parity;

public class ReferenceAttentionParityTests(ITestOutputHelper output) : ParityTest(output, "02_ref_attention")
{
    private TransformerBlock Block(string role) => Load(new TransformerBlock(TensorPlace.Cpu, 32, 24, 4, 1), role);

    [ParityFact]
    public void TwoRows_UnconditionalHalfSeesItselfOnly()
    {
        var (writer, reader) = (Block("writer."), Block("reader."));

        AssertClose("cfg.writer_hidden", writer.Write(Input("writer_hidden"), Input("writer_text_uc").repeat(3, 1, 1), out var features));
        AssertClose("cfg.bank", features);
        var bank = new LayerBank(features.view(2, 3, 64, 32));
        AssertClose("cfg.reader_hidden", reader.Read(Input("reader_hidden"), Input("reader_text_uc"), bank, new BankRows(2, [0, 1], 4, true, 1, CPU)));
        AssertClose("cfg.motion_frames", bank.Motion);
    }

    [ParityFact]
    public void OneRow_SeesTheReference()
    {
        var (writer, reader) = (Block("writer."), Block("reader."));
        var text = Input("writer_text_uc").narrow(0, 1, 1);

        AssertClose("nocfg.writer_hidden", writer.Write(Input("writer_hidden").narrow(0, 3, 3), text.repeat(3, 1, 1), out var features));
        AssertClose("nocfg.bank", features);
        var bank = new LayerBank(features.view(1, 3, 64, 32));
        AssertClose("nocfg.reader_hidden", reader.Read(Input("reader_hidden").narrow(0, 4, 4), Input("reader_text_uc").narrow(0, 1, 1), bank, new BankRows(1, [0], 4, true, 0, CPU)));
        AssertClose("nocfg.motion_frames", bank.Motion);
    }

    [ParityFact]
    public void EmptyBank_IsPlainSelfAttention() =>
        AssertClose("emptybank.reader_hidden", Block("reader.").Read(Input("reader_hidden").narrow(0, 4, 4), Input("reader_text_uc").narrow(0, 1, 1), null, null));
}
