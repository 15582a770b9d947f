using System.Globalization;
using System.Net;
using System.Text;
using FADA.Realtime.Training.Evaluation;

namespace FADA.Realtime.Cli.Evaluating;

/// <summary>The result of `fada eval` as a page: table, bars with intervals, videos beside each other.</summary>
internal static class EvaluationPage
{
    private const string Head =
        """
        <!doctype html>
        <meta charset="utf-8">
        <title>FADA.Realtime evaluation</title>
        <style>
          body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; color-scheme: light dark; }
          table { border-collapse: collapse; font-size: .9rem; }
          th, td { padding: .2rem .6rem; border-bottom: 1px solid #8884; text-align: right; }
          th:first-child, td:first-child { text-align: left; }
          small { opacity: .7; }
          video { max-width: 100%; }
          svg { margin-right: 2rem; }
          svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
        </style>
        <h1>Evaluation</h1>

        """;

    private static readonly (string Key, string Title, string Format, Func<EvaluationRow, double> Of)[] _columns =
    [
        ("mouth_corr", "mouth r", "0.000", r => r.MouthCorr), ("mouth_amp", "amplitude", "0.00", r => r.MouthAmp), ("lip_dist", "lip distance %", "0.00", r => r.LipDist),
        ("sync_d", "sync D", "0.000", r => r.SyncD), ("sync_c", "sync C", "0.000", r => r.SyncC), ("id_sim", "identity", "0.000", r => r.IdSim),
        ("psnr", "PSNR dB", "0.0", r => r.Psnr), ("ssim", "SSIM", "0.000", r => r.Ssim), ("cpbd", "CPBD", "0.000", r => r.Cpbd),
        ("lmd_px", "LMD px", "0.00", r => r.LmdPx), ("lmd_iod", "LMD %", "0.00", r => r.LmdIod), ("jitter", "jitter px", "0.000", r => r.Jitter),
        ("nfe", "NFE", "0", r => r.Nfe), ("gflop_per_frame", "GFLOP/frame", "0.00", r => r.GflopPerFrame), ("ms_per_frame", "ms/frame", "0.0", r => r.MsPerFrame),
    ];

    private static readonly string[] _plotted = ["mouth_corr", "mouth_amp", "lip_dist", "sync_c", "sync_d", "id_sim"];

    /// <param name="about">What was measured: model, steps, scales.</param>
    public static string Of(EvaluationReport report, string about, IReadOnlyList<(string Clip, string File, string Rows)> videos)
    {
        var page = new StringBuilder(Head);
        page.AppendLine(CultureInfo.InvariantCulture, $"<p>{Text(about)}; {report.Clips} clips in {report.Seconds:0} s. Small: 95 % bootstrap interval over clips.</p>");
        page.Append("<table><tr><th>row");
        foreach (var column in _columns)
            page.Append("<th>").Append(column.Title);
        page.AppendLine("</tr>");
        foreach (var row in report.Rows)
        {
            page.Append("<tr><td>").Append(Text(row.Name));
            foreach (var column in _columns)
                page.Append("<td>").Append(column.Of(row).ToString(column.Format, CultureInfo.InvariantCulture)).Append(Interval(row, column.Key, column.Format));
            page.AppendLine("</tr>");
        }
        page.AppendLine("</table>");
        foreach (var column in _columns.Where(c => _plotted.Contains(c.Key)))
            page.AppendLine(Bars(report.Rows, column.Key, column.Title, column.Of));
        foreach (var (clip, file, rows) in videos)
            page.AppendLine(CultureInfo.InvariantCulture, $"<h2>{Text(clip)}</h2><p>{Text(rows)}</p><video controls preload=metadata src=\"{Text(file)}\"></video>");
        return page.ToString();
    }

    private static string Interval(EvaluationRow row, string key, string format) => row.Intervals.TryGetValue(key, out var ends)
        ? $"<br><small>{ends[0].ToString(format, CultureInfo.InvariantCulture)}…{ends[1].ToString(format, CultureInfo.InvariantCulture)}</small>" : "";

    // One horizontal bar a row with its interval as a line.
    private static string Bars(IReadOnlyList<EvaluationRow> rows, string key, string title, Func<EvaluationRow, double> of)
    {
        const int Line = 18, Names = 140, Width = 240;
        var most = Math.Max(1e-9, rows.Max(r => Math.Max(of(r), r.Intervals[key][1])));
        double At(double value) => Names + Math.Max(0, value) / most * Width;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg width=\"{Names + Width + 60}\" height=\"{(rows.Count + 2) * Line}\" role=\"img\" aria-label=\"{title}\"><text x=\"0\" y=\"14\">{title}</text>");
        for (var i = 0; i < rows.Count; i++)
        {
            var (y, value, ends) = ((i + 1) * Line, of(rows[i]), rows[i].Intervals[key]);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{y + 12}\">{Text(rows[i].Name)}</text><rect x=\"{Names}\" y=\"{y + 2}\" width=\"{At(value) - Names:0.#}\" height=\"{Line - 5}\" fill=\"#4a90d9\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{At(ends[0]):0.#} {y + 8}H{At(ends[1]):0.#}\" stroke=\"currentColor\"/><text x=\"{Names + Width + 6}\" y=\"{y + 12}\">{value:0.00}</text>");
        }
        return svg.Append("</svg>").ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
