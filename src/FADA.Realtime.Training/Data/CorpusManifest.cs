using System.Text;

namespace FADA.Realtime.Training.Data;

/// <summary>Reads the manifest.csv of a corpus folder (RFC 4180: quoted fields may hold commas, quotes and line ends).</summary>
public static class CorpusManifest
{
    /// <exception cref="DataException">The manifest is missing, empty, lacks a column or leads out of the folder.</exception>
    public static IReadOnlyList<ClipInfo> Read(string folder)
    {
        var path = Path.Combine(folder, "manifest.csv");
        if (!File.Exists(path))
            throw new DataException($"{folder} has no manifest.csv.");
        var rows = Parse(File.ReadAllText(path));
        if (rows.Count == 0)
            throw new DataException($"{path} is empty.");
        int Column(string name) => rows[0].IndexOf(name) is var i and >= 0 ? i : throw new DataException($"{path} has no column '{name}'.");
        var (clip, speaker, licence, kind, transcript) =
            (Column("clip"), Column("speaker"), Column("licence"), Column("licence_class"), Column("transcript"));
        var clips = new List<ClipInfo>();
        for (var i = 1; i < rows.Count; i++)
        {
            var row = rows[i];
            if (row.Count != rows[0].Count)
                throw new DataException($"{path}: record {i + 1} has {row.Count} fields where the header has {rows[0].Count}.");
            if (Escapes(row[clip]) || Escapes(row[speaker]))
                throw new DataException($"{path}: record {i + 1} leads out of the folder: '{row[clip]}', speaker '{row[speaker]}'.");
            clips.Add(new ClipInfo(row[clip], row[speaker], row[licence], row[kind], row[transcript]));
        }
        return clips;
    }

    internal static List<List<string>> Parse(string text)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"')
                    field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    field.Append(text[++i]);
                else
                    quoted = false;
            }
            else if (c == '"')
                quoted = true;
            else if (c is ',' or '\n')
            {
                row.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    if (row.Count > 1 || row[0].Length > 0)
                        rows.Add(row);
                    row = [];
                }
            }
            else if (c != '\r')
                field.Append(c);
        }
        if (field.Length > 0 || row.Count > 0)
        {
            row.Add(field.ToString());
            rows.Add(row);
        }
        return rows;
    }

    private static bool Escapes(string path) => path.Length == 0 || Path.IsPathRooted(path) || path.Split('/', '\\').Contains("..");
}
