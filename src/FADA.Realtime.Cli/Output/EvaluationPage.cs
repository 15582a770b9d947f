using System.Globalization;
using System.Net;
using System.Text;
using FADA.Realtime.Training.Evaluation;

namespace FADA.Realtime.Cli.Output;

/// <summary>The table of `fada eval` as a page that needs nothing else.</summary>
internal static class EvaluationPage
{
    private const string Head =
        """
        <!doctype html>
        <meta charset="utf-8">
        <title>FADA.Realtime evaluation</title>
        <style>
          body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; }
          table { border-collapse: collapse; }
          th, td { padding: .3rem .8rem; border-bottom: 1px solid #ccc; text-align: right; }
          th:first-child, td:first-child { text-align: left; }
        </style>
        <h1>Evaluation</h1>

        """;

    /// <param name="about">What was measured: model, steps, scales.</param>
    public static string Of(EvaluationReport report, string about)
    {
        var page = new StringBuilder(Head);
        page.AppendLine(CultureInfo.InvariantCulture, $"<p>{WebUtility.HtmlEncode(about)}; {report.Clips} clips in {report.Seconds:0} s.</p>");
        page.AppendLine("<table><tr><th>row<th>mouth correlation<th>mouth amplitude<th>lip distance, % of eye distance<th>landmarks, px at 128<th>PSNR, dB<th>SSIM</tr>");
        foreach (var row in report.Rows)
            page.AppendLine(CultureInfo.InvariantCulture, $"<tr><td>{WebUtility.HtmlEncode(row.Name)}<td>{row.MouthCorr:0.000}<td>{row.MouthAmp:0.00}<td>{row.LipDist:0.00}<td>{row.LmdPx:0.00}<td>{row.Psnr:0.0}<td>{row.Ssim:0.000}</tr>");
        return page.AppendLine("</table>").ToString();
    }
}
