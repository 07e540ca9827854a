namespace Azker.PollingFallback.Output;

/// <summary>The file of an export cannot be written.</summary>
internal sealed class ExportException(string path, Exception inner)
    : Exception($"The export cannot be written to {path}: {inner.Message} Give another file; an existing file is not overwritten.", inner);
