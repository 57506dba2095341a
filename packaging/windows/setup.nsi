; The installer of Windows: for one user, without administrator rights.
;
;   makensis -DCONTENT=content.nsh -DICON=gouji.ico -DOUTPUT=setup.exe setup.nsi
;
; CONTENT is made by setup_content.py.  /S asks nothing, /D=FOLDER (last, without
; quotes) chooses the folder.  Exit status: 0 done, 1 cancelled, 2 given up or not
; possible on this Windows, 3 the program is running; nothing was changed by 1 to 3
; unless a disk was full.

Unicode true
SetCompressor /SOLID lzma
SetCompressorDictSize 32
RequestExecutionLevel user
ManifestDPIAware true
ManifestLongPathAware true
AllowSkipFiles off
CRCCheck on

!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh
!include FileFunc.nsh
!include "${CONTENT}"

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define OWN_KEY "Software\${NAME}"
!define CLASSES "Software\Classes"
!define PROG_ID "${NAME}.report"
!define EXE "${NAME}.exe"
!define RUNNING 3
; Windows 10 version 1809, the oldest that Qt 6.9 runs on.
!define OLDEST_BUILD 17763
; The first that runs x64 programs on ARM.
!define OLDEST_ARM_BUILD 22000

Name "${DISPLAY_NAME}"
OutFile "${OUTPUT}"
Var IsUpgrade
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
BrandingText "${DISPLAY_NAME} ${VERSION}"
SpaceTexts none

VIProductVersion "${VERSION_NUMBERS}"
VIAddVersionKey /LANG=2052 "ProductName" "${DISPLAY_NAME}"
VIAddVersionKey /LANG=2052 "FileDescription" "${DISPLAY_NAME}安装程序"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "${PUBLISHER}"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXE}"
!define MUI_FINISHPAGE_RUN_TEXT "打开${DISPLAY_NAME}"
!define MUI_FINISHPAGE_NOAUTOCLOSE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; The files that the program opens: as in the window's own dialog.
!macro ForEachFormat DO
    !insertmacro ${DO} ".docx"
    !insertmacro ${DO} ".doc"
    !insertmacro ${DO} ".wps"
    !insertmacro ${DO} ".pdf"
    !insertmacro ${DO} ".xlsx"
    !insertmacro ${DO} ".xls"
    !insertmacro ${DO} ".et"
    !insertmacro ${DO} ".html"
    !insertmacro ${DO} ".htm"
    !insertmacro ${DO} ".mht"
    !insertmacro ${DO} ".mhtml"
    !insertmacro ${DO} ".odt"
    !insertmacro ${DO} ".txt"
    !insertmacro ${DO} ".md"
!macroend

; One more name under "open with".  The default of a format is never written.
!macro OfferFormat SUFFIX
    WriteRegStr HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids" "${PROG_ID}" ""
    WriteRegStr HKCU "${CLASSES}\Applications\${EXE}\SupportedTypes" "${SUFFIX}" ""
    WriteRegStr HKCU "${OWN_KEY}\Capabilities\FileAssociations" "${SUFFIX}" "${PROG_ID}"
!macroend

; What others wrote there stays.
!macro WithdrawFormat SUFFIX
    DeleteRegValue HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids" "${PROG_ID}"
    DeleteRegKey /ifempty HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids"
    DeleteRegKey /ifempty HKCU "${CLASSES}\${SUFFIX}"
!macroend

; Tell the desktop that the formats have changed: SHCNE_ASSOCCHANGED.
!macro RefreshDesktop
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

; A program that runs cannot be opened for writing.  It may hold changes that are
; not saved, so it is never ended from here: a person closes it, or nothing happens.
!macro LookWhetherClosed PROGRAM
    ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
        ClearErrors
        FileOpen $0 "$INSTDIR\${PROGRAM}" a
        ${If} ${Errors}
            StrCpy $1 "runs"
        ${Else}
            FileClose $0
        ${EndIf}
    ${EndIf}
!macroend

!macro DefineRequireClosed UN
Function ${UN}RequireClosed
    again:
    StrCpy $1 ""
    !insertmacro LookWhetherClosed "${EXE}"
    !insertmacro LookWhetherClosed "${NAME}-cli.exe"
    ${If} $1 == "runs"
        MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION \
            "${DISPLAY_NAME}正在运行。请先保存修改并关闭它的所有窗口，再点“重试”。" \
            /SD IDCANCEL IDRETRY again
        SetErrorLevel ${RUNNING}
        Quit
    ${EndIf}
FunctionEnd
!macroend
!insertmacro DefineRequireClosed ""
!insertmacro DefineRequireClosed "un."

Function .onInit
    ${WinVerGetBuild} $0
    ${IfNot} ${AtLeastWin10}
    ${OrIf} $0 < ${OLDEST_BUILD}
        Push "${DISPLAY_NAME}需要 Windows 10（1809 或更新的版本）或 Windows 11，这台电脑的 Windows 较旧，没有安装。"
        Call Refuse
    ${EndIf}
    ${IfNot} ${RunningX64}
        Push "${DISPLAY_NAME}需要 64 位的 Windows，这台电脑的 Windows 是 32 位的，没有安装。"
        Call Refuse
    ${EndIf}
    ${If} ${IsNativeARM64}
    ${AndIf} $0 < ${OLDEST_ARM_BUILD}
        Push "${DISPLAY_NAME}在 ARM 电脑上需要 Windows 11，这台电脑的 Windows 较旧，没有安装。"
        Call Refuse
    ${EndIf}
FunctionEnd

Function Refuse
    Pop $1
    MessageBox MB_OK|MB_ICONSTOP "$1" /SD IDOK
    SetErrorLevel 2
    Quit
FunctionEnd

; The older version goes by its own list of files, so that none of them is left.
; It keeps shortcuts that a person has moved or deleted as they are.
Function RemoveOlder
    ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "InstallLocation"
    ${If} $0 == ""
    ${OrIfNot} ${FileExists} "$0\uninstall.exe"
        Return
    ${EndIf}
    ; Run where it stands, or it would copy itself and end before it is done.
    StrCpy $1 2
    ExecWait '"$0\uninstall.exe" /S /UPGRADE _?=$0' $1
    ${If} $1 != 0
        MessageBox MB_OK|MB_ICONSTOP "已安装的旧版本没有移除，没有安装新版本。请关闭${DISPLAY_NAME}的所有窗口后再试。" /SD IDOK
        SetErrorLevel $1
        Quit
    ${EndIf}
    ${If} $0 != $INSTDIR
        Delete "$0\uninstall.exe"
        RMDir "$0"
    ${EndIf}
    StrCpy $IsUpgrade 1
FunctionEnd

; Whether it was chosen with a stroke at its end or not, a folder is written down without.
Function DropLastStroke
    StrLen $0 $INSTDIR
    StrCpy $1 $INSTDIR 1 -1
    ${If} $1 == "\"
    ${AndIf} $0 > 3
        StrCpy $INSTDIR $INSTDIR -1
    ${EndIf}
FunctionEnd

Section
    SetShellVarContext current
    Call DropLastStroke
    Call RequireClosed
    Call RemoveOlder
    !insertmacro InstallFiles
    SetOutPath "$INSTDIR"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    ; Where the program starts from a shortcut; its own folder must not be in use.
    SetOutPath "$DOCUMENTS"
    Call MakeShortcuts
    Call Register
    !insertmacro RefreshDesktop
SectionEnd

; After an upgrade only those are renewed that are still there.
!macro MakeShortcut PLACE
    ${If} $IsUpgrade != 1
    ${OrIf} ${FileExists} "${PLACE}"
        CreateShortcut "${PLACE}" "$INSTDIR\${EXE}" "" "$INSTDIR\${EXE}" 0
    ${EndIf}
!macroend

Function MakeShortcuts
    !insertmacro MakeShortcut "$SMPROGRAMS\${DISPLAY_NAME}.lnk"
    !insertmacro MakeShortcut "$DESKTOP\${DISPLAY_NAME}.lnk"
    !insertmacro MakeShortcut "$SENDTO\${DISPLAY_NAME}.lnk"
FunctionEnd

Function Register
    WriteRegStr HKCU "${CLASSES}\${PROG_ID}" "" "年度报告"
    WriteRegStr HKCU "${CLASSES}\${PROG_ID}\Application" "ApplicationName" "${DISPLAY_NAME}"
    WriteRegStr HKCU "${CLASSES}\${PROG_ID}\DefaultIcon" "" "$INSTDIR\${EXE},0"
    WriteRegStr HKCU "${CLASSES}\${PROG_ID}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
    WriteRegStr HKCU "${CLASSES}\Applications\${EXE}" "FriendlyAppName" "${DISPLAY_NAME}"
    WriteRegStr HKCU "${CLASSES}\Applications\${EXE}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
    WriteRegStr HKCU "${OWN_KEY}\Capabilities" "ApplicationName" "${DISPLAY_NAME}"
    WriteRegStr HKCU "${OWN_KEY}\Capabilities" "ApplicationDescription" "核对政府信息公开工作年度报告"
    WriteRegStr HKCU "Software\RegisteredApplications" "${NAME}" "${OWN_KEY}\Capabilities"
    !insertmacro ForEachFormat OfferFormat

    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${DISPLAY_NAME}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${EXE},0"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${KILOBYTES}
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
FunctionEnd

Section "Uninstall"
    SetShellVarContext current
    Call un.RequireClosed
    !insertmacro DeleteFiles
    ; The newer version writes over all else.
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/UPGRADE" $1
    ${If} ${Errors}
        Call un.Unregister
        Delete "$INSTDIR\uninstall.exe"
        ; Only if it is empty: what a person put there stays.
        RMDir "$INSTDIR"
    ${EndIf}
SectionEnd

Function un.Unregister
    Delete "$SMPROGRAMS\${DISPLAY_NAME}.lnk"
    Delete "$DESKTOP\${DISPLAY_NAME}.lnk"
    Delete "$SENDTO\${DISPLAY_NAME}.lnk"
    !insertmacro ForEachFormat WithdrawFormat
    DeleteRegKey HKCU "${CLASSES}\${PROG_ID}"
    DeleteRegKey HKCU "${CLASSES}\Applications\${EXE}"
    DeleteRegValue HKCU "Software\RegisteredApplications" "${NAME}"
    DeleteRegKey HKCU "${OWN_KEY}"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
    DeleteRegKey /ifempty HKCU "${CLASSES}\Applications"
    DeleteRegKey /ifempty HKCU "Software\RegisteredApplications"
    !insertmacro RefreshDesktop
FunctionEnd
