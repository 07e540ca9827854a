using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Commands.Parked;

/// <summary>An update is not parked.</summary>
internal sealed class NoSuchParkedUpdateException(int id, string place) : Exception(Texts.FormatParkedMissing(id, place));
