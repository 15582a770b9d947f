using System.Globalization;

namespace FADA.Realtime.Training.Runs;

/// <summary>Losses as CSV rows "step,name,value": means over the steps since the last row; validation names begin with "val_".</summary>
public sealed class LossLog : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly Dictionary<string, (double Sum, int Count)> _sums = [];

    public LossLog(string path, bool append)
    {
        Path = path;
        _writer = new StreamWriter(path, append) { AutoFlush = true };
    }

    public string Path { get; }

    public void Add(IReadOnlyDictionary<string, float> losses, float norm)
    {
        foreach (var (name, value) in losses.Append(new("grad_norm", norm)))
        {
            var (sum, count) = _sums.GetValueOrDefault(name);
            _sums[name] = (sum + value, count + 1);
        }
    }

    public IReadOnlyDictionary<string, float> Flush(long step)
    {
        var means = _sums.ToDictionary(s => s.Key, s => (float)(s.Value.Sum / s.Value.Count));
        _sums.Clear();
        Write(step, means);
        return means;
    }

    public void AddValidation(long step, IReadOnlyDictionary<string, float> figures) =>
        Write(step, figures.ToDictionary(f => "val_" + f.Key, f => f.Value));

    public void Dispose() => _writer.Dispose();

    private void Write(long step, IReadOnlyDictionary<string, float> values)
    {
        foreach (var (name, value) in values)
            _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step},{name},{value:G6}"));
    }
}
