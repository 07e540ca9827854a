using Azker.Core.Infrastructure;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Handling.Errors;

/// <summary>Classifies the errors of a bot's handlers: first by the rules of the application, then by those of Azker.</summary>
internal sealed partial class ErrorClassifier(IEnumerable<ErrorRule> rules, ILogger<ErrorClassifier>? logger = null, SecretMask? mask = null)
{
    private readonly ErrorRule[] _rules = [.. rules];

    public ErrorClass Classify(Exception error)
    {
        foreach (ErrorRule rule in _rules)
        {
            if (Ask(rule, error) is { } known)
            {
                return known;
            }
        }

        return ErrorClass.Of(error);
    }

    private ErrorClass? Ask(ErrorRule rule, Exception error)
    {
        try
        {
            return rule.Classify(error);
        }
        catch (Exception fault)
        {
            if (logger is not null)
            {
                Log.RuleFailed(logger, error.GetType().Name, new LoggedError(fault, text => mask?.Apply(text) ?? text));
            }

            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6011, LogLevel.Warning, "A rule of ClassifyErrors failed on {ErrorType} and is skipped for it; the next rule decides. Correct the rule.")]
        public static partial void RuleFailed(ILogger logger, string errorType, Exception fault);
    }
}
