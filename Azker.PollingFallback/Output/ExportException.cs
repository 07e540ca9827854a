using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Output;

/// <summary>The file of an export cannot be written.</summary>
internal sealed class ExportException(string path, Exception inner)
    : Exception(Texts.FormatFaultExport(path, inner.Message), inner);
