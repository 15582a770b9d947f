using System.Text.Json.Serialization;

namespace FADA.Realtime.Model.FullSize.Import;

/// <summary>One tensor that does not fit.</summary>
/// <param name="Part">Which of the networks: "net", "vae" or "speech".</param>
/// <param name="Found">Type and shape in the file; empty where it is missing.</param>
/// <param name="Needed">Shape in the network; empty where it is unexpected.</param>
public sealed record KeyProblem([property: JsonIgnore] KeyProblemKind Kind, string Part, string Key, string Found, string Needed);
