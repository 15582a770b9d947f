namespace FADA.Realtime.Training.Stages;

/// <summary>A training configuration that cannot be used; one sentence says where and why.</summary>
public sealed class StageConfigException(string message, Exception? inner = null) : Exception(message, inner);
