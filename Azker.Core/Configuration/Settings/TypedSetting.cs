using System.Linq.Expressions;

namespace Azker.Core.Configuration.Settings;

/// <summary>A setting whose value has a type.</summary>
internal abstract class TypedSetting<T>(string name, Expression<Func<AzkerOptions, T>> property)
    : Setting(name, SettingProperty.Of(property))
{
    protected T Default => (T)DefaultValue!;

    public sealed override SettingFault? Read(string text, AzkerOptions options)
    {
        T value = Parse(text, options, out SettingFault? fault);
        if (fault is null)
        {
            Property.Set(options, value);
        }

        return fault;
    }

    public sealed override SettingFault? Check(string? text, AzkerOptions options)
    {
        var value = (T)Property.Get(options)!;
        return Check(value, text ?? Show(value), options);
    }

    /// <param name="text">The setting's text, neither empty nor with white space at an end.</param>
    /// <param name="options">The options as they are so far.</param>
    /// <param name="fault">The fault of a text that has no value.</param>
    protected abstract T Parse(string text, AzkerOptions options, out SettingFault? fault);

    /// <param name="value">The value.</param>
    /// <param name="text">The value as text.</param>
    /// <param name="options">The options, complete.</param>
    protected virtual SettingFault? Check(T value, string text, AzkerOptions options) => null;

    protected virtual string Show(T value) => FormattableString.Invariant($"{value}");
}
