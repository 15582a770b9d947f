using System.Text.Json;
using System.Text.Json.Serialization;

namespace FADA.Realtime.Bench.Report;

/// <summary>Writes only what a figure has: {"value"} or {"p50", "p95", "p99"}, with its unit.</summary>
internal sealed class FigureConverter : JsonConverter<Figure>
{
    public override Figure Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Figures are only written.");

    public override void Write(Utf8JsonWriter writer, Figure value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        Number("value", value.Value);
        Number("p50", value.P50);
        Number("p95", value.P95);
        Number("p99", value.P99);
        Number("count", value.Count);
        if (value.Unit is { } unit)
            writer.WriteString("unit", unit);
        writer.WriteEndObject();

        void Number(string name, double? number)
        {
            if (number is { } given)
                writer.WriteNumber(name, given);
        }
    }
}
