namespace Azker.Core.Handling.Errors;

/// <summary>A rule of the application that classifies errors of handlers.</summary>
/// <param name="Classify">Gives the class of an exception, or <see langword="null"/> if the rule does not know it.</param>
internal sealed record ErrorRule(Func<Exception, ErrorClass?> Classify);
