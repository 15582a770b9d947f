using System.Globalization;
using ScottPlot;

namespace FADA.Realtime.Training.Runs;

/// <summary>Draws a loss log as a PNG, one curve a name, logarithmic where every value is positive.</summary>
public static class LossPlot
{
    public static void Write(string csv, string png)
    {
        var rows = File.ReadLines(csv).Select(l => l.Split(',')).Where(p => p.Length == 3)
            .Select(p => (Step: double.Parse(p[0], CultureInfo.InvariantCulture), Name: p[1], Value: double.Parse(p[2], CultureInfo.InvariantCulture)))
            .Where(r => double.IsFinite(r.Value) && r.Name != "grad_norm").ToList();
        using var plot = new Plot();
        foreach (var group in rows.GroupBy(r => r.Name))
        {
            var positive = group.Where(r => r.Value > 0).ToList();
            if (positive.Count == 0)
                continue;
            var line = plot.Add.Scatter(positive.Select(r => r.Step).ToArray(), positive.Select(r => Math.Log10(r.Value)).ToArray());
            line.LegendText = group.Key;
            line.MarkerSize = group.Key.StartsWith("val_", StringComparison.Ordinal) ? 6 : 0;
        }
        plot.Axes.Left.Label.Text = "log10";
        plot.Axes.Bottom.Label.Text = "step";
        plot.ShowLegend(Alignment.UpperRight);
        plot.SavePng(png, 1000, 600);
    }
}
