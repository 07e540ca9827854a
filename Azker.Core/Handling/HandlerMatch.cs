namespace Azker.Core.Handling;

/// <summary>The handler of one update.</summary>
/// <param name="Handler">The registration of the handler.</param>
/// <param name="IsBackground">Whether the handler takes long for this update.</param>
internal readonly record struct HandlerMatch(HandlerRegistration Handler, bool IsBackground);
